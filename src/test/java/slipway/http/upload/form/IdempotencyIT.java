package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;
import static slipway.http.upload.form.Visits.jpeg;

import java.util.ArrayList;
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
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer
class IdempotencyIT {
  private static final int RACERS = 64;

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

  @Test
  void givesARepeatTheSameAnswerThoughTheTokenIsUsedUp() {
    String token = visits().token();
    Answer first = redeem("key-1", jpeg(token));
    Answer second = redeem("key-1", jpeg(token));
    assertThat(first.locationParameters()).containsKey("photo_id");
    assertThat(second.status()).isEqualTo(301);
    assertThat(second.location()).isEqualTo(first.location());
    Answer json = redeem("key-1", jpeg(token).field("format", "json"));
    assertThat(json.json().getAsJsonObject("upload").get("photo_id").getAsString())
        .isEqualTo(first.locationParameters().get("photo_id"));
    assertThat(redeem("key-2", jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void givesARepeatTheSameAnswerThoughTheTokenWasRevoked() {
    String token = visits().token("max_uploads", "3");
    Answer first = redeem("key", jpeg(token));
    Answer revoked =
        ApiClient.withKey(visits().server())
            .post("/api/upload-token/revoke", Map.of("upload_token", token));
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(redeem("key", jpeg(token)).location()).isEqualTo(first.location());
    assertThat(redeem("other", jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void knowsARepeatWhoseFileComesBeforeItsToken() {
    String token = visits().token("max_uploads", "2");
    Answer first = redeem("key", jpeg(token));
    Multipart form =
        new Multipart()
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20))
            .field("upload_token", token);
    assertThat(redeem("key", form).location()).isEqualTo(first.location());
  }

  @Test
  void spendsOneUseForARepeatedUpload() {
    String token = visits().token("max_uploads", "2");
    redeem("key", jpeg(token));
    redeem("key", jpeg(token));
    assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
    assertThat(visits().redeem(jpeg(token)).status()).isEqualTo(404);
  }

  @Test
  void letsAFailedUploadBeTriedAgainWithItsKey() {
    String token = visits().token();
    Multipart bad =
        new Multipart().field("upload_token", token).file("file", "a", "image/png", new byte[9]);
    assertThat(redeem("key", bad).locationParameters()).containsKey("error_message");
    assertThat(redeem("key", jpeg(token)).locationParameters()).containsKey("photo_id");
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
    for (Answer answer : race(() -> redeem("the-key", jpeg(token)))) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(301);
      photos.add(answer.locationParameters().get("photo_id"));
    }
    assertThat(photos).hasSize(1).doesNotContainNull();
    for (int left = maxUploads - 1; left > 0; left--) {
      assertThat(visits().redeem(jpeg(token)).locationParameters()).containsKey("photo_id");
    }
    assertThat(visits().redeem(jpeg(token)).status()).isEqualTo(404);
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
