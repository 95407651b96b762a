package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;
import static slipway.http.upload.form.Visits.jpeg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class IdempotencyIT {
  private static final int RACERS = 64;
  private static final byte[] PICTURE = SampleMedia.jpeg(20, 20);
  private static final String END = "\r\n--x--\r\n";

  @Parameter Container container;

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private static Answer redeem(Server server, String key, Multipart form) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(REDEEM)
            .header("Idempotency-Key", key)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private Answer redeem(String key, Multipart form) {
    return redeem(visits().server(), key, form);
  }

  /** The same file each time, as a repeat has it. */
  private static Multipart same(String token) {
    return form(token, "a.jpg", PICTURE);
  }

  @Test
  void givesARepeatTheSameAnswerThoughTheTokenIsUsedUp() {
    String token = visits().token();
    Answer first = redeem("key-1", same(token));
    Answer second = redeem("key-1", same(token));
    assertThat(first.locationParameters()).containsKey("photo_id");
    assertThat(second.status()).isEqualTo(301);
    assertThat(second.location()).isEqualTo(first.location());
    Answer json = redeem("key-1", same(token).field("format", "json"));
    assertThat(json.json().getAsJsonObject("upload").get("photo_id").getAsString())
        .isEqualTo(first.locationParameters().get("photo_id"));
    assertThat(redeem("key-2", jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void givesARepeatTheSameAnswerThoughTheTokenWasRevoked() {
    String token = visits().token("max_uploads", "3");
    Answer first = redeem("key", same(token));
    Answer revoked =
        ApiClient.withKey(visits().server())
            .post("/api/upload-token/revoke", Map.of("upload_token", token));
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(redeem("key", same(token)).location()).isEqualTo(first.location());
    assertThat(redeem("other", same(token)).status()).isEqualTo(404);
  }

  @Test
  void knowsARepeatWhoseFileComesBeforeItsToken() {
    String token = visits().token("max_uploads", "2");
    Answer first = redeem("key", same(token));
    Multipart form =
        new Multipart().file("file", "a.jpg", "image/jpeg", PICTURE).field("upload_token", token);
    assertThat(redeem("key", form).location()).isEqualTo(first.location());
  }

  /** Name and size tell, whatever the order; no use is taken, and nothing is stored. */
  @Test
  void refusesAnotherFileWithTheSameKey() {
    String token = visits().token("max_uploads", "3");
    byte[] picture = PICTURE;
    Answer first = redeem("key", form(token, "a.jpg", picture));
    assertThat(first.locationParameters()).containsKey("photo_id");
    byte[] longer = Arrays.copyOf(picture, picture.length + 1);
    byte[] shorter = Arrays.copyOf(picture, picture.length - 1);
    for (Multipart other :
        List.of(
            form(token, "b.jpg", picture),
            form(token, "a.jpg", longer),
            form(token, "a.jpg", shorter),
            new Multipart()
                .file("file", "a.jpg", "image/jpeg", longer)
                .field("upload_token", token))) {
      Answer refused = redeem("key", other);
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.text()).contains("Idempotency-Key");
      Answer json = redeem("key", other.field("format", "json"));
      assertThat(json.status()).isEqualTo(422);
      assertThat(json.json().get("code").getAsString()).isEqualTo("invalid_input");
    }
    assertThat(redeem("key", form(token, "a.jpg", picture)).location()).isEqualTo(first.location());
    assertThat(redeem("other", form(token, "b.jpg", longer)).locationParameters())
        .containsKey("photo_id");
    assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
    assertThat(visits().redeem(form(token, "c.jpg", picture)).status()).isEqualTo(404);
  }

  @Test
  void asksForTheFileOfARepeatToo() {
    String token = visits().token("max_uploads", "2");
    assertThat(redeem("key", same(token)).locationParameters()).containsKey("photo_id");
    Multipart none = new Multipart().field("upload_token", token);
    Multipart unchosen =
        new Multipart()
            .field("upload_token", token)
            .file("file", "", "application/octet-stream", new byte[0]);
    for (Multipart form : List.of(none, unchosen)) {
      assertThat(redeem("key", form).locationParameters())
          .containsEntry("error_code", "no_file")
          .doesNotContainKey("photo_id");
      Answer json = redeem("key", form.field("format", "json"));
      assertThat(json.status()).as(json.text()).isEqualTo(400);
    }
  }

  private static Multipart form(String token, String name, byte[] file) {
    return new Multipart().field("upload_token", token).file("file", name, "image/jpeg", file);
  }

  @Test
  void spendsOneUseForARepeatedUpload() {
    String token = visits().token("max_uploads", "2");
    redeem("key", same(token));
    redeem("key", same(token));
    assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
    assertThat(visits().redeem(jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void letsAFailedUploadBeTriedAgainWithItsKey() {
    String token = visits().token();
    Multipart bad =
        new Multipart().field("upload_token", token).file("file", "a", "image/png", new byte[9]);
    assertThat(redeem("key", bad).locationParameters()).containsKey("error_message");
    assertThat(redeem("key", same(token)).locationParameters()).containsKey("photo_id");
  }

  @Test
  void keepsTheKeysOfTokensApart() {
    Answer one = redeem("same", jpeg(visits().token()));
    Answer other = redeem("same", jpeg(visits().token()));
    assertThat(one.locationParameters().get("photo_id"))
        .isNotEqualTo(other.locationParameters().get("photo_id"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void lets64RacersWithOneKeyMakeOnePhoto(int maxUploads) throws Exception {
    String token = visits().token("max_uploads", Integer.toString(maxUploads));
    Set<String> photos = new HashSet<>();
    for (Answer answer : race(() -> redeem("the-key", same(token)))) {
      // Only a few may wait for the first.
      if (answer.status() == 503) {
        assertThat(answer.header("Retry-After")).isPresent();
      } else {
        assertThat(answer.status()).as(answer.text()).isEqualTo(301);
        photos.add(answer.locationParameters().get("photo_id"));
      }
    }
    photos.add(redeem("the-key", same(token)).locationParameters().get("photo_id"));
    assertThat(photos).hasSize(1).doesNotContainNull();
    for (int left = maxUploads - 1; left > 0; left--) {
      assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
    }
    assertThat(visits().redeem(jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void storesOneFileAtATimeOfRequestsWithOneKey() throws Exception {
    Server server = visits().server();
    String token = visits().token();
    double before = IncomingFolder.counted(server, "slipway_incoming_bytes");
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + token
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
            + new String(SampleMedia.jpeg(100, 80), StandardCharsets.ISO_8859_1);
    ExecutorService others = Executors.newCachedThreadPool();
    try (RawConnection first = begun(server, form)) {
      Await.until(
          "bytes that come in",
          () -> IncomingFolder.counted(server, "slipway_incoming_bytes") > before);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 11; i++) {
        answers.add(others.submit(() -> answer(server, form)));
      }
      Await.until("the answers", () -> answers.stream().filter(Future::isDone).count() == 7);
      assertThat(IncomingFolder.counted(server, "slipway_incoming_bytes") - before)
          .isLessThanOrEqualTo(form.length());
      first.send(END);
      Set<String> photos = new HashSet<>();
      Map<String, String> parameters = first.answer().orElseThrow().locationParameters();
      assertThat(parameters).containsKey("photo_id");
      photos.add(parameters.get("photo_id"));
      for (Future<Answer> each : answers) {
        if (each.get().status() == 503) {
          assertThat(each.get().header("Retry-After")).isPresent();
        } else {
          photos.add(each.get().locationParameters().get("photo_id"));
        }
      }
      assertThat(photos).hasSize(1).doesNotContainNull();
    } finally {
      others.shutdownNow();
    }
  }

  private static Answer answer(Server server, String form) throws Exception {
    try (RawConnection connection = begun(server, form)) {
      return connection.send(END).answer().orElseThrow();
    }
  }

  /** A form except for its end. */
  private static RawConnection begun(Server server, String form) throws Exception {
    RawConnection connection = RawConnection.to(server);
    return connection.send(
        ("POST "
                + REDEEM
                + " HTTP/1.1\r\nHost: a\r\nIdempotency-Key: one\r\nContent-Type:"
                + " multipart/form-data; boundary=x\r\nContent-Length: "
                + (form.length() + END.length())
                + "\r\n\r\n"
                + form)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Answer> race(Callable<Answer> request) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService racers = Executors.newFixedThreadPool(RACERS);
    try {
      List<Future<Answer>> running = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        running.add(
            racers.submit(
                () -> {
                  go.await();
                  return request.call();
                }));
      }
      go.countDown();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : running) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      racers.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\tb"})
  void refusesAKeyThatIsNone(String key) {
    assertThat(redeem(key, jpeg(visits().token())).status()).isEqualTo(400);
  }

  @Test
  void boundsTheKey() {
    assertThat(redeem("k".repeat(255), jpeg(visits().token())).status()).isEqualTo(301);
    Answer answer = redeem("k".repeat(256), jpeg(visits().token()));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("1 to 255 visible ASCII characters");
  }
}
