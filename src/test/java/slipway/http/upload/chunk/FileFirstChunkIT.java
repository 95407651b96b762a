package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.http.upload.chunk.FileFirst.Order;
import slipway.http.upload.form.Visits;

/** Chunks in forms that tell what they bring after they have brought it. */
@ParameterizedClass
@AnyContainer
class FileFirstChunkIT {
  private static final int ROUNDS = AnyContainer.ALL ? 5 : 1;

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(200, 150);
  private Server server;
  private IncomingFolder incoming;

  @BeforeEach
  void open() {
    server = SharedServers.cramped(container);
    incoming = IncomingFolder.fromNow(server);
  }

  @AfterEach
  void nothingOfTheFormsStays() {
    Await.until("files that come in", () -> incoming.files() == 0);
    Await.metric(server, "slipway_incoming_tokenless_bytes", 0);
  }

  private FileFirst client() {
    return client(jpeg);
  }

  private FileFirst client(byte[] file) {
    return new FileFirst(server, new Visits(server).token(), file, file.length / 5 - 1);
  }

  private JsonObject status(FileFirst client) {
    return ApiClient.of(server)
        .get("/api/upload-token/status", Map.of("upload_token", client.token(), "format", "json"))
        .json();
  }

  private void assertOnePhoto(FileFirst client, Answer last) {
    assertThat(client.stored(last)).isEqualTo(client.file());
    assertThat(status(client).getAsJsonArray("photos")).hasSize(1);
    JsonObject token = status(client).getAsJsonObject("uploadtoken");
    assertThat(token.get("state").getAsString()).isEqualTo("used_up");
    assertThat(token.get("uploads_in_progress").getAsString()).isEqualTo("0");
  }

  private static void assertReceived(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().has("upload")).as(answer.text()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void takesTheChunksOfATokenForOneUploadWhereverTheirFieldsStand(Order order) {
    FileFirst client = client();
    for (int number : List.of(2, 1, 1, 4, 3)) {
      assertReceived(client.send(order, number));
    }
    Answer last = client.send(order, 5);
    assertThat(last.status()).as(last.text()).isEqualTo(200);
    assertOnePhoto(client, last);
    assertThat(client.send(order, 5).text()).isEqualTo(last.text());
    assertThat(client.send(order, 2).text()).isEqualTo(last.text());
  }

  @Test
  void takesAWindowOfChunksWhoseFormsEndInAnyOrder() throws IOException {
    FileFirst client = client();
    List<RawConnection> window = new ArrayList<>();
    try {
      for (int number = 1; number <= 3; number++) {
        window.add(client.begin(number));
      }
      Await.until("three files", () -> incoming.bytes() == 3L * client.chunkSize());
      for (int number : List.of(2, 3, 1)) {
        RawConnection one = window.get(number - 1).send(client.end(number));
        assertReceived(one.answer().orElseThrow());
      }
    } finally {
      for (RawConnection one : window) {
        one.close();
      }
    }
    // The connections of the window name no program: it is compared that the file is the same.
    assertReceived(client.send(1));
    assertReceived(client.send(5));
    assertOnePhoto(client, client.send(4));
  }

  @Test
  void takesWindowsOfChunksThatComeAtTheSameTime() {
    for (int i = 0; i < ROUNDS; i++) {
      FileFirst client = client(SampleMedia.jpeg(200, 150 + i));
      Set<String> photos =
          IntStream.rangeClosed(1, 2 * client.count())
              .parallel()
              .mapToObj(one -> client.send((one + 1) / 2))
              .peek(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200))
              .filter(answer -> answer.json().has("upload"))
              .map(Answer::text)
              .collect(Collectors.toSet());
      assertThat(photos).hasSize(1);
      assertOnePhoto(client, client.send(1));
    }
  }

  @Test
  void refusesAChunkOfAnotherFile() {
    FileFirst client = client();
    assertReceived(client.send(1));
    byte[] other = client.bytes(1);
    other[100] ^= 1;
    Answer refused = client.send(Order.FILE_TOKEN_FIELDS, client.fields(1), other);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().get("message").getAsString()).contains("Another file");
    assertThat(client.send(2).status()).isEqualTo(415);
  }

  @Test
  void hasABodySentAgainThatIsCutAfterItHasToldOfAChunk() throws IOException {
    FileFirst client = client();
    String end = client.end(1);
    try (RawConnection cut = client.begin(1)) {
      cut.send(end.substring(0, end.length() - 20)).endSending();
      assertThat(cut.answer().map(Answer::status)).contains(408);
    }
    try (RawConnection gone = client.begin(2)) {
      IncomingFolder.awaitFile(server, client.bytes(2).length);
      gone.reset();
    }
    Await.until("the use", () -> inProgress(client).equals("0"));
    for (int number = 1; number <= 4; number++) {
      assertReceived(client.send(number));
    }
    assertOnePhoto(client, client.send(5));
  }

  private String inProgress(FileFirst client) {
    return status(client).getAsJsonObject("uploadtoken").get("uploads_in_progress").getAsString();
  }

  @Test
  void takesAWholeFileAsBefore() {
    Visits visits = new Visits(server);
    for (String[] order : List.of(new String[] {"t", "f"}, new String[] {"f", "t"})) {
      FileFirst client = client();
      Answer answer =
          visits.redeem(
              Arrays.equals(order, new String[] {"t", "f"})
                  ? client.form(Order.TOKEN_FILE_FIELDS, Map.of(), jpeg)
                  : client.form(Order.FILE_TOKEN_FIELDS, Map.of(), jpeg));
      assertThat(answer.locationParameters()).as(answer.text()).containsKey("photo_id");
      assertThat(ApiClient.of(server).get(answer.returnedPath()).body()).isEqualTo(jpeg);
    }
  }
}
