package slipway.http.upload.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.http.upload.chunk.FileFirst.Order;
import slipway.http.upload.form.Visits;

/** What holds for a file of which its form tells at the end whether it is a chunk. */
@ParameterizedClass
@AnyContainer
class FileFirstRulesIT {
  private static final int TOKENLESS = SharedServers.TOKENLESS_PER_ADDRESS;

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(200, 150);
  private Server server;

  @BeforeEach
  void open() {
    server = SharedServers.cramped(container);
  }

  @AfterEach
  void nothingOfTheFormsStays() {
    Await.metric(server, "slipway_incoming_tokenless_bytes", 0);
    Await.until(
        "only files of unfinished uploads",
        () ->
            Arrays.stream(server.data().resolve("media/incoming").toFile().list())
                .noneMatch(name -> name.endsWith(".whole")));
  }

  private FileFirst client(String... token) {
    return new FileFirst(server, new Visits(server).token(token), jpeg, jpeg.length / 5 - 1);
  }

  private JsonObject status(String token) {
    return ApiClient.of(server)
        .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"))
        .json();
  }

  private void assertUnused(FileFirst client) {
    JsonObject token = status(client.token()).getAsJsonObject("uploadtoken");
    assertThat(token.get("uploads_left").getAsString()).isEqualTo("1");
    assertThat(token.get("uploads_in_progress").getAsString()).isEqualTo("0");
  }

  private void assertStored(FileFirst client, Answer last) {
    assertThat(last.status()).as(last.text()).isEqualTo(200);
    assertThat(client.stored(last)).isEqualTo(client.file());
    assertThat(status(client.token()).getAsJsonArray("photos")).hasSize(1);
  }

  /** A form with fields before and after its file. */
  private Answer spread(FileFirst client, int number, String before) {
    Multipart form = new Multipart().field("upload_token", client.token());
    Map<String, String> rest = client.fields(number);
    for (String name : before.split(" ")) {
      form.field(name, rest.remove(name));
    }
    form.file("file", "blob", "application/octet-stream", client.bytes(number));
    rest.forEach(form::field);
    return new Visits(server).redeem(form);
  }

  @Test
  void readsAFormWhoseFieldsStandOnBothSidesOfItsFileAsAWhole() {
    for (String before :
        List.of(
            "resumableIdentifier",
            "resumableChunkNumber resumableTotalSize",
            "resumableIdentifier resumableTotalSize resumableChunkSize",
            "resumableIdentifier resumableTotalSize resumableChunkSize resumableChunkNumber")) {
      FileFirst client = client();
      for (int number = 5; number > 1; number--) {
        Answer answer = spread(client, number, before);
        assertThat(answer.status()).as(before + answer.text()).isEqualTo(200);
      }
      assertStored(client, spread(client, 1, before));
    }
  }

  /** The last chunk of a client that rounds up is the smaller one. */
  @Test
  void goesByTheCountOfChunksThatComesAfterTheFile() {
    FileFirst client = client();
    int size = jpeg.length / 2 - 7;
    Answer last = null;
    for (int number = 1; number <= 3; number++) {
      byte[] bytes =
          Arrays.copyOfRange(jpeg, (number - 1) * size, Math.min(number * size, jpeg.length));
      Multipart form =
          new Multipart()
              .field("upload_token", client.token())
              .field("flowIdentifier", "a")
              .field("flowChunkNumber", Integer.toString(number))
              .field("flowChunkSize", Integer.toString(size))
              .field("flowTotalSize", Integer.toString(jpeg.length))
              .file("file", "blob", "application/octet-stream", bytes)
              .field("flowTotalChunks", "3");
      last = new Visits(server).redeem(form);
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertStored(client, last);
  }

  @Test
  void readsWhatTheQueryOfAFormSaysOfAChunk() {
    FileFirst client = client();
    Answer last = null;
    for (int number = 1; number <= 5; number++) {
      Map<String, String> query = new LinkedHashMap<>(client.fields(number));
      Multipart form = new Multipart();
      if (number % 2 == 0) {
        query.put("upload_token", client.token());
      } else {
        form.field("upload_token", client.token());
      }
      form.file("file", "blob", "application/octet-stream", client.bytes(number));
      last = ApiClient.of(server).post(Visits.REDEEM + "?" + ApiClient.urlencoded(query), form);
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertStored(client, last);
  }

  @Test
  void answersWrongFieldsAsIfTheyHadComeFirst() {
    FileFirst client = client();
    byte[] second = client.bytes(2);
    List<Map<String, String>> all =
        List.of(
            client.fields(2, "resumableTotalSize", Integer.toString(jpeg.length * 2)),
            client.fields(2, "resumableTotalSize", Integer.toString(jpeg.length / 2)),
            client.fields(
                2,
                "resumableTotalSize",
                "" + (SharedServers.MOST_BYTES + 1),
                "resumableTotalChunks",
                ""),
            client.fields(2, "resumableChunkSize", Integer.toString(client.chunkSize() + 1)),
            client.fields(2, "resumableChunkSize", Integer.toString(client.chunkSize() - 1)),
            client.fields(2, "resumableChunkNumber", "6"),
            client.fields(2, "resumableChunkNumber", "x"),
            client.fields(2, "resumableChunkNumber", ""),
            client.fields(2, "resumableTotalSize", ""),
            client.fields(2, "resumableCurrentChunkSize", "3"),
            client.fields(5));
    for (Map<String, String> fields : all) {
      Answer first = client.sendFieldsFirst(fields, second);
      for (Order order : Order.values()) {
        Answer last = client.send(order, fields, second);
        assertThat(last.status()).as(fields + last.text()).isEqualTo(415);
        assertThat(last.text()).isEqualTo(first.text());
      }
    }
    Answer empty = client.send(Order.FILE_TOKEN_FIELDS, client.fields(1), new byte[0]);
    assertThat(empty.status()).as(empty.text()).isEqualTo(415);
  }

  @Test
  void refusesATokenThatNoUploadMayBeginWithAsChunksAre() {
    for (String dead : List.of("0".repeat(40), usedUp())) {
      FileFirst client = new FileFirst(server, dead, jpeg, jpeg.length / 5 - 1);
      for (Order order : Order.values()) {
        Answer answer = client.send(order, 1);
        assertThat(answer.status()).as(order + answer.text()).isEqualTo(404);
        assertThat(answer.json().get("code").getAsString()).isEqualTo("invalid_upload_token");
      }
    }
  }

  private String usedUp() {
    Visits visits = new Visits(server);
    String token = visits.token();
    assertThat(visits.redeem(Visits.jpeg(token)).status()).isEqualTo(301);
    return token;
  }

  @Test
  void refusesAFileOfAnotherTypeOnceItIsThere() {
    byte[] text = "This is no picture. ".repeat(500).getBytes(UTF_8);
    FileFirst client = new FileFirst(server, new Visits(server).token(), text, 2000);
    for (int number = 5; number > 1; number--) {
      assertThat(client.send(number).status()).isEqualTo(200);
    }
    Answer first = client.send(1);
    assertThat(first.status()).as(first.text()).isEqualTo(415);
    assertThat(first.json().get("message").getAsString()).contains("text/plain");
    assertThat(client.send(2).status()).isEqualTo(415);
    assertUnused(client);
    Answer whole = new Visits(server).redeem(client.form(Order.TOKEN_FILE_FIELDS, Map.of(), text));
    assertThat(whole.locationParameters())
        .hasEntrySatisfying("error_message", said -> assertThat(said).contains("text/plain"));
    Answer empty =
        new Visits(server).redeem(client.form(Order.TOKEN_FILE_FIELDS, Map.of(), new byte[0]));
    assertThat(empty.locationParameters()).containsEntry("error_code", "no_file");
    assertUnused(client);
  }

  @Test
  void refusesTwoFilesAndFieldsThatAreNoText() {
    FileFirst client = client();
    Multipart two =
        new Multipart()
            .field("upload_token", client.token())
            .file("file", "a.jpg", "image/jpeg", client.bytes(1))
            .file("file", "b.jpg", "image/jpeg", client.bytes(2));
    client.fields(1).forEach(two::field);
    Answer answer = new Visits(server).redeem(two);
    assertThat(answer.status()).as(answer.text()).isEqualTo(415);
    assertThat(answer.json().get("message").getAsString()).contains("one file");
    assertUnused(client);
  }

  /** Though the bytes of the first file went straight to their place. */
  @Test
  void refusesAFormForWhatFollowsAFileWhoseFieldsCameFirst() {
    FileFirst client = client();
    Map<String, Consumer<Multipart>> rests =
        Map.of(
            "one file",
            form -> form.file("file", "b.jpg", "image/jpeg", client.bytes(2)),
            "'resumableCurrentChunkSize'",
            form -> form.field("resumableCurrentChunkSize", "3"),
            "too long",
            form -> form.field("note", "x".repeat(1 << 20)),
            "too many parts",
            form -> IntStream.range(0, 2000).forEach(i -> form.field("note", "")));
    rests.forEach((words, rest) -> assertRefused(client.sendFieldsFirst(1, rest), words));
    assertUnused(client);
    assertThat(client.send(1).status()).isEqualTo(200);
    rests.forEach((words, rest) -> assertRefused(client.sendFieldsFirst(1, rest), words));
    for (int number = 2; number <= 5; number++) {
      int refused = number;
      rests.forEach((words, rest) -> assertRefused(client.sendFieldsFirst(refused, rest), words));
      Answer last = client.sendFieldsFirst(number, form -> form.field("note", "after"));
      assertThat(last.status()).as(last.text()).isEqualTo(200);
      if (number == 5) {
        assertStored(client, last);
        assertThat(last.json().getAsJsonObject("upload").get("callback_url").getAsString())
            .contains("note=after");
      }
    }
    rests.forEach((words, rest) -> assertRefused(client.sendFieldsFirst(5, rest), words));
  }

  private static void assertRefused(Answer answer, String words) {
    assertThat(answer.status()).as(words + answer.text()).isEqualTo(415);
    assertThat(answer.json().get("message").getAsString()).contains(words);
  }

  @Test
  void tellsTheVisitorOfAnEmptyOrMissingFileAsWithoutChunks() {
    FileFirst client = client();
    Map<String, String> fields =
        client.fields(
            1,
            "resumableTotalSize",
            "0",
            "resumableCurrentChunkSize",
            "0",
            "resumableTotalChunks",
            "1");
    assertNoFile(client.sendFieldsFirst(fields, new byte[0]), "The file is empty.");
    for (Order order : Order.values()) {
      assertNoFile(client.send(order, fields, new byte[0]), "The file is empty.");
    }
    Map<String, String> query = new LinkedHashMap<>(fields);
    query.put("upload_token", client.token());
    ApiClient api = ApiClient.of(server);
    String chunk = Visits.REDEEM + "?" + ApiClient.urlencoded(query);
    assertNoFile(api.send(api.request(chunk).PUT(BodyPublishers.noBody())), "The file is empty.");
    assertNoFile(new Visits(server).redeem(client.withoutFile(1)), "'file' is required");
    assertUnused(client);
  }

  private static void assertNoFile(Answer answer, String words) {
    assertRefused(answer, words);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("no_file");
    assertThat(answer.json().get("error_message").getAsString()).isNotEmpty();
  }

  @Test
  void refusesAFormWithoutAnIdentifierThatTellsOfMoreThanItsFile() {
    FileFirst client = client();
    Map<String, String> fields = client.fields(1, "resumableIdentifier", "");
    for (Order order : Order.values()) {
      Answer answer = new Visits(server).redeem(client.form(order, fields, client.bytes(1)));
      assertThat(answer.locationParameters())
          .as(order + answer.text())
          .containsEntry("error_code", "invalid_input")
          .hasEntrySatisfying(
              "error_message",
              said -> assertThat(said).contains("resumableIdentifier", "resumableTotalChunks"));
    }
    assertUnused(client);
    Map<String, String> whole =
        Map.of("resumableTotalSize", "" + jpeg.length, "resumableChunkNumber", "1");
    assertThat(
            new Visits(server)
                .redeem(client.form(Order.TOKEN_FILE_FIELDS, whole, jpeg))
                .locationParameters())
        .containsKey("photo_id");
  }

  @Test
  void takesChunksWithIdempotencyKeys() {
    for (boolean isOne : List.of(true, false)) {
      FileFirst client = client();
      List<Answer> answers =
          IntStream.rangeClosed(1, 5)
              .parallel()
              .mapToObj(number -> keyed(client, number, isOne ? "k" : "k" + number))
              .toList();
      assertThat(answers).allMatch(answer -> answer.status() == 200);
      assertStored(client, keyed(client, 5, "k"));
    }
    FileFirst bad = client();
    assertThat(keyed(bad, 1, "k".repeat(256)).status()).isEqualTo(200);
  }

  /** The first time its fields were left out, as if by another program. */
  @Test
  void answersWithThePhotoThatWasStoredWithTheKeyOfAFormOfOneChunk() {
    FileFirst client = client();
    assertThat(keyed(client.form(Order.TOKEN_FILE_FIELDS, Map.of(), jpeg), "k").status())
        .isEqualTo(301);
    Map<String, String> fields = new HashMap<>(client.fields(1));
    fields.put("resumableChunkSize", "" + jpeg.length);
    fields.put("resumableCurrentChunkSize", "" + jpeg.length);
    fields.put("resumableTotalChunks", "1");
    assertStored(client, keyed(client.form(Order.TOKEN_FILE_FIELDS, fields, jpeg), "k"));
  }

  private Answer keyed(FileFirst client, int number, String key) {
    return keyed(
        client.form(Order.TOKEN_FILE_FIELDS, client.fields(number), client.bytes(number)), key);
  }

  private Answer keyed(Multipart form, String key) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(Visits.REDEEM)
            .header("Idempotency-Key", key)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @Test
  void answersAFormForJsonAsChunksAre() {
    FileFirst client = client();
    for (int number = 1; number < 5; number++) {
      Answer answer =
          client.send(
              Order.TOKEN_FILE_FIELDS,
              client.fields(number, "format", "xml"),
              client.bytes(number));
      assertThat(answer.json().get("status").getAsString()).isEqualTo("ok");
    }
    Answer last =
        client.send(Order.TOKEN_FILE_FIELDS, client.fields(5, "note", "æ"), client.bytes(5));
    assertStored(client, last);
    assertThat(last.json().getAsJsonObject("upload").get("callback_url").getAsString())
        .contains("note=%C3%A6")
        .doesNotContain("resumable");
  }

  /** Its form began first, but a chunk of a file of that name has ended first. */
  @Test
  void letsAChunkHaveTheUseOfAFormThatHasNotEnded() throws IOException {
    FileFirst client = client();
    try (RawConnection whole = client.begin(1)) {
      Await.until("the use", () -> inProgress(client).equals("1"));
      assertThat(client.send(2).status()).isEqualTo(200);
      String end = client.end(1);
      String fields =
          "\r\n--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\njson\r\n--x\r\n"
              + "Content-Disposition: form-data; name=\"pad\"\r\n\r\n";
      String close = "\r\n--x--\r\n";
      whole.send(fields + "y".repeat(end.length() - fields.length() - close.length()) + close);
      Answer answer = whole.answer().orElseThrow();
      assertThat(answer.status()).as(answer.text()).isEqualTo(503);
      assertThat(answer.json().get("code").getAsString()).isEqualTo("upload_in_progress");
    }
    for (int number : new int[] {1, 3, 4}) {
      assertThat(client.send(number).status()).isEqualTo(200);
    }
    assertStored(client, client.send(5));
  }

  private String inProgress(FileFirst client) {
    return status(client.token())
        .getAsJsonObject("uploadtoken")
        .get("uploads_in_progress")
        .getAsString();
  }

  @Test
  void boundsTheBytesOfFormsWhoseTokenHasNoFreeUse() throws IOException {
    byte[] large = new byte[TOKENLESS * 3];
    System.arraycopy(jpeg, 0, large, 0, jpeg.length);
    FileFirst client = new FileFirst(server, new Visits(server).token(), large, TOKENLESS);
    List<RawConnection> held = new ArrayList<>();
    try {
      held.add(client.begin(1));
      Await.until("the use", () -> inProgress(client).equals("1"));
      Multipart form =
          new Multipart()
              .field("upload_token", client.token())
              .field("format", "json")
              .file("file", FileFirst.NAME, "image/jpeg", client.bytes(2));
      client.fields(2).forEach(form::field);
      Answer second = new Visits(server).redeem(form);
      assertThat(second.status()).as(second.text()).isEqualTo(503);
      assertThat(second.header("Retry-After")).isPresent();
      assertThat(held.get(0).send(client.end(1)).answer().map(Answer::status)).contains(200);
    } finally {
      for (RawConnection one : held) {
        one.close();
      }
    }
  }

  /** A visitor clicks twice: the browser gives the first form up. */
  @Test
  void hasALargeFileWaitUntilTheFormBeforeItHasEnded() throws IOException {
    byte[] large = Arrays.copyOf(jpeg, TOKENLESS * 3);
    FileFirst client = new FileFirst(server, new Visits(server).token(), large, TOKENLESS);
    Multipart form = client.form(Order.TOKEN_FILE_FIELDS, Map.of(), large);
    try (RawConnection first = client.begin(1)) {
      Await.until("the use", () -> inProgress(client).equals("1"));
      CompletableFuture<Answer> second =
          CompletableFuture.supplyAsync(() -> new Visits(server).redeem(form));
      assertThatThrownBy(() -> second.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      first.reset();
      assertThat(second.join().locationParameters()).containsKey("photo_id");
    }
  }

  @Test
  void goesOnAndAnswersAfterTheTokenHasBeenRevoked() {
    FileFirst client = client("max_uploads", "2");
    assertThat(client.send(1).status()).isEqualTo(200);
    ApiClient.withKey(server)
        .post("/api/upload-token/revoke", Map.of("upload_token", client.token()));
    for (int number = 2; number < 5; number++) {
      assertThat(client.send(number).status()).isEqualTo(200);
    }
    Answer last = client.send(5);
    assertThat(client.stored(last)).isEqualTo(jpeg);
    assertThat(client.send(5).text()).isEqualTo(last.text());
    Answer whole = new Visits(server).redeem(client.form(Order.TOKEN_FILE_FIELDS, Map.of(), jpeg));
    assertThat(whole.status()).isEqualTo(404);
  }
}
