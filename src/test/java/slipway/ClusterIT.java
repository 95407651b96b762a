package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.TestPostgres;
import slipway.http.upload.tus.TusClient;

/** Two servers on one PostgreSQL, as far as they need no files of each other's. */
@NeedsPostgres
class ClusterIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final byte[] PNG = SampleMedia.png(30, 30);

  private static Server one;
  private static Server other;

  @BeforeAll
  static void start() {
    String url = TestPostgres.newDatabase();
    one = node(url);
    other = node(url);
  }

  private static Server node(String url) {
    return Server.on(Container.JETTY_12)
        .setting("slipway.database", url)
        .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
        .start();
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  /** A client of a node, with the key that the first one made. */
  private static ApiClient site(Server node) {
    return ApiClient.of(node).withKey(one.key());
  }

  private static String token(String... more) {
    return new TusClient(one).token(more);
  }

  /** What the other node tells of a token. */
  private static String told(String token, String field) {
    Answer answer =
        ApiClient.of(other).get("/api/upload-token/status", Map.of("upload_token", token));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/" + field);
  }

  private static Answer redeem(Server node, String token, String idempotencyKey, byte[] file) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", file);
    ApiClient visitor = ApiClient.of(node);
    var request =
        visitor.request(REDEEM).header("Content-Type", form.contentType()).POST(form.body());
    return visitor.send(
        idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
  }

  private static List<Answer> atOnce(int count, String token, String idempotencyKey)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Answer>> all =
          IntStream.range(0, count)
              .mapToObj(
                  i ->
                      (Callable<Answer>)
                          () ->
                              redeem(
                                  i % 2 == 0 ? one : other,
                                  token,
                                  idempotencyKey,
                                  idempotencyKey == null ? SampleMedia.png(31 + i, 30) : PNG))
              .toList();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdown();
    }
  }

  private static boolean isTaken(Answer answer) {
    return answer.status() == 301 && answer.locationParameters().containsKey("photo_id");
  }

  private static List<String> photos(List<Answer> answers) {
    return answers.stream()
        .filter(ClusterIT::isTaken)
        .map(answer -> answer.locationParameters().get("photo_id"))
        .toList();
  }

  @Test
  void takesNoMoreUploadsThanATokenIsGoodFor() throws Exception {
    for (int round = 0; round < 3; round++) {
      String token = token("max_uploads", "5");
      List<Answer> answers = atOnce(20, token, null);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
      int taken = photos(answers).size();
      assertThat(taken).isBetween(1, 5);
      while (taken < 5) {
        // The last uses were out as the others asked.
        assertThat(isTaken(redeem(other, token, null, SampleMedia.png(60 + taken, 30)))).isTrue();
        taken++;
      }
      assertThat(isTaken(redeem(one, token, null, PNG))).isFalse();
      assertThat(told(token, "state")).isEqualTo("used_up");
    }
  }

  @Test
  void makesOnePhotoOfOneIdempotencyKey() throws Exception {
    String token = token("max_uploads", "4");
    List<Answer> answers = atOnce(6, token, "key");
    assertThat(photos(answers)).isNotEmpty().allMatch(photos(answers).get(0)::equals);
    assertThat(told(token, "uploads_left")).isEqualTo("3");
  }

  @Test
  void takesNoCredentialForLongThatAnotherNodeHasRevoked() {
    Answer made = site(one).post("/api/credential/create", Map.of("name", "a", "level", "super"));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    ApiClient holder = ApiClient.of(other).withKey(made.xml("/response/key"));
    Await.until("its key", () -> holder.get("/api/credential/list").status() == 200);
    Map<String, String> end = Map.of("credential_id", made.xml("/response/credential_id"));
    assertThat(site(one).post("/api/credential/revoke", end).status()).isEqualTo(200);
    Await.until("its end", () -> holder.get("/api/credential/list").status() == 401);
  }
}
