package slipway.http.upload.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

@ParameterizedClass
@EnumSource(Container.class)
class ChunkIT {
  private static final int SIZE = 1000;

  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(60, 50);

  private Server server() {
    return Server.shared(container);
  }

  private String token(String... parameters) {
    return new Visits(server()).token(parameters);
  }

  private int count() {
    return Math.max(jpeg.length / SIZE, 1);
  }

  private byte[] bytes(int number) {
    int end = number == count() ? jpeg.length : number * SIZE;
    return Arrays.copyOfRange(jpeg, (number - 1) * SIZE, end);
  }

  private Map<String, String> fields(String prefix, String token, int number, String... changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token);
    fields.put(prefix + "ChunkNumber", Integer.toString(number));
    fields.put(prefix + "ChunkSize", Integer.toString(SIZE));
    fields.put(prefix + "CurrentChunkSize", Integer.toString(bytes(number).length));
    fields.put(prefix + "TotalSize", Integer.toString(jpeg.length));
    fields.put(prefix + "Identifier", jpeg.length + "-../../cat jpg");
    fields.put(prefix + "Filename", "cat.jpg");
    fields.put(prefix + "RelativePath", "../cat.jpg");
    fields.put(prefix + "TotalChunks", Integer.toString(count()));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put(changes[i], changes[i + 1]);
    }
    return fields;
  }

  private Answer send(Map<String, String> fields, byte[] bytes) {
    Multipart form = new Multipart();
    fields.forEach(form::field);
    return new Visits(server()).redeem(form.file("file", "cat.jpg", "image/jpeg", bytes));
  }

  private Answer send(String prefix, String token, int number) {
    return send(fields(prefix, token, number), bytes(number));
  }

  private Answer test(String prefix, String token, int number) {
    return ApiClient.of(server()).get(Visits.REDEEM, fields(prefix, token, number));
  }

  /** Asks for the reply, as a page does that knows the file to be stored. */
  private Answer ask(String prefix, String token) {
    Map<String, String> asked = fields(prefix, token, 1, prefix + "ChunkSize", "" + jpeg.length);
    asked.keySet().removeIf(name -> name.matches(".*(Current|Filename|Path|TotalChunks).*"));
    return ApiClient.of(server()).get(Visits.REDEEM, asked);
  }

  private byte[] original(Answer last) {
    return ApiClient.of(server()).get(last.uploadedPath()).body();
  }

  @Test
  void takesTheChunksOfResumableJsInAnyOrderAndTellsWhichAreThere() {
    String token = token();
    assertThat(test("resumable", token, 1).status()).isEqualTo(204);
    assertThat(send("resumable", token, 1).status()).isEqualTo(200);
    for (int number = count(); number > 2; number--) {
      Answer answer = send("resumable", token, number);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().has("upload")).isFalse();
    }
    assertThat(test("resumable", token, 1).status()).isEqualTo(204);
    assertThat(test("resumable", token, 3).status()).as("nothing was compared").isEqualTo(204);
    assertThat(send("resumable", token, 1).status()).isEqualTo(200);
    for (int number = count(); number > 2; number--) {
      assertThat(test("resumable", token, number).status()).isEqualTo(200);
    }
    assertThat(test("resumable", token, 2).status()).isEqualTo(204);
    assertThat(ask("resumable", token).status()).isEqualTo(204);
    Answer last = send("resumable", token, 2);
    assertThat(original(last)).isEqualTo(jpeg);
    assertThat(last.json().getAsJsonObject("upload").get("callback_url").getAsString())
        .startsWith(Visits.RETURN_URL)
        .contains("upload_token=" + token)
        .doesNotContain("resumable");
  }

  @Test
  void takesTheChunksOfFlowJsAsFormsAndAsWholeBodies() {
    String token = token();
    Answer last = null;
    for (int number = 1; number <= count(); number++) {
      if (number % 2 == 0) {
        last = send("flow", token, number);
      } else {
        String query = ApiClient.urlencoded(fields("flow", token, number));
        last =
            ApiClient.of(server())
                .send(
                    ApiClient.of(server())
                        .request(Visits.REDEEM + "?" + query)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(bytes(number))));
      }
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertThat(original(last)).isEqualTo(jpeg);
  }

  @Test
  void givesARepeatedChunkTheSameAnswerAndNoSecondPhoto() {
    String token = token("max_uploads", "5");
    Answer last = null;
    for (int number = 1; number <= count(); number++) {
      send("resumable", token, number);
      last = send("resumable", token, number);
    }
    Set<String> answers =
        IntStream.rangeClosed(1, 3)
            .parallel()
            .mapToObj(i -> send("resumable", token, count()).text())
            .collect(Collectors.toSet());
    assertThat(answers).containsExactly(last.text());
    assertThat(ask("resumable", token).text()).isEqualTo(last.text());
    assertThat(original(last)).isEqualTo(jpeg);
  }

  @Test
  void makesOnePhotoOfChunksThatComeAtTheSameTime() {
    String token = token();
    Set<String> uploads =
        IntStream.rangeClosed(1, 2 * count())
            .parallel()
            .mapToObj(i -> send("flow", token, (i + 1) / 2))
            .peek(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200))
            .filter(answer -> answer.json().has("upload"))
            .map(Answer::text)
            .collect(Collectors.toSet());
    assertThat(uploads).hasSize(1);
    assertThat(original(send("flow", token, 1))).isEqualTo(jpeg);
  }

  @Test
  void reservesTheUseWithTheFirstChunk() {
    String token = token();
    assertThat(send("flow", token, 1).status()).isEqualTo(200);
    Answer other = send(fields("flow", token, 1, "flowIdentifier", "another"), bytes(1));
    assertThat(other.status()).isEqualTo(503);
    assertThat(other.header("Retry-After")).isPresent();
    assertThat(other.json().get("code").getAsString()).isEqualTo("upload_in_progress");
    assertThat(send("flow", "0".repeat(40), 1).status()).isEqualTo(404);
    assertThat(test("flow", "0".repeat(40), 1).status()).isEqualTo(204);
  }

  /** As if the token had never been, but what is under way may end. */
  @Test
  void letsAnUploadEndWhoseTokenIsRevokedMeanwhile() {
    String token = token("max_uploads", "2");
    for (int number = 1; number < count(); number++) {
      send("flow", token, number);
    }
    revoke(token);
    Answer last = send("flow", token, count());
    assertThat(original(last)).isEqualTo(jpeg);
    assertOnlyAnswersFor(token, last);
  }

  @Test
  void answersForAnUploadThatWasFinishedBeforeItsTokenWasRevoked() {
    String token = token("max_uploads", "2", "allowed_origin", "https://a.test");
    Answer last = null;
    for (int number = 1; number <= count(); number++) {
      last = send("flow", token, number);
    }
    revoke(token);
    assertOnlyAnswersFor(token, last);
    Answer elsewhere =
        ApiClient.of(server())
            .send(
                ApiClient.of(server())
                    .request(Visits.REDEEM + "?" + ApiClient.urlencoded(fields("flow", token, 1)))
                    .header("Origin", "https://b.test")
                    .POST(BodyPublishers.ofByteArray(bytes(1))));
    assertThat(elsewhere.status()).isEqualTo(415);
    assertThat(elsewhere.json().has("upload")).isFalse();
  }

  private void revoke(String token) {
    Answer answer =
        ApiClient.withKey(server()).post("/api/upload-token/revoke", Map.of("upload_token", token));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** Repeated pieces of the finished upload get its answer; nothing begins any more. */
  private void assertOnlyAnswersFor(String token, Answer last) {
    assertThat(send("flow", token, count()).text()).isEqualTo(last.text());
    assertThat(send("flow", token, 1).text()).isEqualTo(last.text());
    assertThat(ask("flow", token).text()).isEqualTo(last.text());
    Answer other = send(fields("flow", token, 1, "flowIdentifier", "another"), bytes(1));
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.json().get("code").getAsString()).isEqualTo("invalid_upload_token");
  }

  /** A chunk always becomes a new photo, so that a replace token is none that it may begin with. */
  @Test
  void refusesAChunkWithATokenThatReplacesAPhoto() {
    String photo =
        new Visits(server()).redeem(Visits.jpeg(token())).locationParameters().get("photo_id");
    String token =
        ApiClient.withKey(server())
            .post(
                "/api/photo/get-replace-token",
                Map.of("photo_id", photo, "return_url", Visits.RETURN_URL))
            .xml("/response/replace_token");
    for (String field : new String[] {"upload_token", "replace_token"}) {
      Map<String, String> fields = fields("flow", "", 1, field, token);
      Multipart form = new Multipart();
      fields.forEach(form::field);
      form.file("file", "cat.jpg", "image/jpeg", bytes(1));
      Answer answer = new Visits(server()).redeem(form);
      boolean isToken = field.equals("upload_token");
      assertThat(answer.status()).as(field + answer.text()).isEqualTo(isToken ? 404 : 415);
      assertThat(answer.json().get("code").getAsString())
          .isEqualTo(isToken ? "invalid_upload_token" : "invalid_input");
    }
    Map<String, String> asked = fields("flow", token, 1);
    assertThat(ApiClient.of(server()).get(Visits.REDEEM, asked).status()).isEqualTo(204);
  }

  @Test
  void refusesLiesForGoodAndKeepsWhatItHas() {
    String token = token();
    send("flow", token, 1);
    String[][] lies = {
      {"flowChunkNumber", "0"},
      {"flowChunkNumber", Integer.toString(count() + 1)},
      {"flowChunkNumber", "2e9"},
      {"flowChunkSize", "-1"},
      {"flowTotalSize", "99999999999999999999"},
      {"flowTotalSize", Long.toString(1L << 45)},
      {"flowCurrentChunkSize", "17"},
      {"flowTotalChunks", "1000000"},
      {"flowIdentifier", "x".repeat(2000)}
    };
    for (String[] lie : lies) {
      Answer answer = send(fields("flow", token, 2, lie), bytes(2));
      assertThat(answer.status()).as(Arrays.toString(lie) + answer.text()).isEqualTo(415);
    }
    assertThat(send(fields("flow", token, 2), new byte[SIZE - 1]).status()).isEqualTo(415);
    assertThat(send(fields("flow", token, 2), new byte[SIZE + 1]).status()).isEqualTo(415);
    assertThat(test("flow", token, 2).status()).isEqualTo(204);
    Answer last = null;
    for (int number = 2; number <= count(); number++) {
      last = send("flow", token, number);
    }
    assertThat(original(last)).isEqualTo(jpeg);
  }

  @Test
  void aRefusedFirstChunkHoldsNoUse() {
    String token = token();
    assertThat(send(fields("flow", token, 1), new byte[SIZE - 1]).status()).isEqualTo(415);
    assertThat(new Visits(server()).redeem(Visits.jpeg(token)).status()).isEqualTo(301);
  }

  @Test
  void refusesAFileThatIsNoPictureWithAllItsChunksAndReturnsTheUse() {
    String token = token();
    byte[] page = "<!DOCTYPE html><script>alert(1)</script>".repeat(25).getBytes(UTF_8);
    Map<String, String> html =
        fields("flow", token, 1, "flowTotalSize", "1000", "flowTotalChunks", "1");
    html.put("flowCurrentChunkSize", "1000");
    Answer refused = send(html, page);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().get("code").getAsString()).isEqualTo("error_processing_upload");
    assertThat(send(html, page).status()).isEqualTo(415);
    assertThat(new Visits(server()).redeem(Visits.jpeg(token)).status()).isEqualTo(301);
  }

  @Test
  void asksForAChunkAgainThatWasCutOff() throws IOException {
    String token = token();
    for (int number = 1; number < count(); number++) {
      send("flow", token, number);
    }
    String query = ApiClient.urlencoded(fields("flow", token, count()));
    byte[] bytes = bytes(count());
    try (RawConnection connection = RawConnection.to(server())) {
      connection.send(
          "POST "
              + Visits.REDEEM
              + "?"
              + query
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n"
              + "Content-Length: "
              + bytes.length
              + "\r\n\r\n");
      connection.send(Arrays.copyOf(bytes, 700)).reset();
    }
    assertThat(test("flow", token, count()).status()).isEqualTo(204);
    assertThat(original(send("flow", token, count()))).isEqualTo(jpeg);
  }

  @Test
  void keepsToTheOriginAndTheLimitsOfTheToken() {
    String small = token("max_bytes", "500");
    assertThat(send("flow", small, 1).status()).isEqualTo(415);
    String pinned = token("allowed_origin", "https://a.test");
    String query = Visits.REDEEM + "?" + ApiClient.urlencoded(fields("flow", pinned, 1));
    Answer elsewhere =
        ApiClient.of(server())
            .send(
                ApiClient.of(server())
                    .request(query)
                    .header("Origin", "https://b.test")
                    .POST(BodyPublishers.ofByteArray(bytes(1))));
    assertThat(elsewhere.status()).isEqualTo(415);
  }
}
