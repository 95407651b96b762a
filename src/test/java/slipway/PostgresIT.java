package slipway;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.Relay;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.TestPostgres;
import slipway.harness.WideText;
import slipway.http.upload.tus.TusClient;

/**
 * A server whose database is a PostgreSQL. {@link ClusterIT} has each method on one, and {@link
 * slipway.db.postgres.PostgresEngineTest} what differs from SQLite.
 */
@Tag("faults")
@NeedsPostgres
@ParameterizedClass
@AnyContainer
class PostgresIT {
  private static final byte[] PNG = SampleMedia.png(30, 30);
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  /** A line of the log, except for its time and its request. */
  private static final Pattern FAILURE =
      Pattern.compile("(?m)^\\S+ ((?:WARN|ERROR) +\\S+) \\S+ (.*)$");

  private static Relay relay;
  private static Server server;

  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    String url = TestPostgres.newDatabase();
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    relay = new Relay(port);
    server =
        Server.on(container)
            .setting("slipway.database", url.replace(":" + port, ":" + relay.port()))
            .setting("slipway.database.timeout-seconds", "3")
            .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
            .setting("slipway.rendition.threads", "1")
            .start();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
    relay.close();
  }

  private static ApiClient site() {
    return ApiClient.withKey(server);
  }

  private static JsonObject json(String path) {
    Answer answer = site().get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void takesFilesInEveryWay() {
    ApiClient visitor = ApiClient.of(server);
    TusClient tus = new TusClient(server);
    String token = tus.token("max_uploads", "3", "title", "A%20harbour", "tags", "a b");
    Answer back = visitor.post(REDEEM, form(token));
    assertThat(back.locationParameters()).as(back.text()).containsKey("photo_id");
    assertThat(visitor.get(back.returnedPath()).body()).isEqualTo(PNG);
    assertThat(tus.patch(tus.created(token, PNG.length), 0, PNG).status()).isEqualTo(204);
    Answer chunk = chunk(visitor, token, "a");
    assertThat(chunk.status()).as(chunk.text()).isEqualTo(200);
    assertThat(json("/api/photo/list?format=json&upload_token=" + token).get("total_count"))
        .asString()
        .contains("3");
    assertThat(visitor.get("/api/photo/list?format=json&tags=a&search=harbour").status())
        .isEqualTo(200);
    assertThat(
            visitor
                .post(
                    REDEEM,
                    new Multipart()
                        .field("upload_token", token)
                        .file("file", "b.png", "image/png", SampleMedia.png(31, 31)))
                .status())
        .isEqualTo(404);
    String photo = back.locationParameters().get("photo_id");
    Await.until("pictures", () -> hasPictures(photo));
    Map<String, String> change = Map.of("photo_id", photo, "title", "Other", "tags", "c d");
    assertThat(site().post("/api/photo/update", change).status()).isEqualTo(200);
    assertThat(visitor.get("/api/tag/list").text()).contains("c");
    assertThat(site().post("/api/photo/delete", Map.of("photo_id", photo)).status()).isEqualTo(200);
    assertThat(json("/api/event/list?format=json&photo_id=" + photo).toString())
        .contains("photo.deleted");
    assertThat(server.data().resolve("slipway.db")).doesNotExist();
    assertThat(server.data().resolve("oauth.key")).doesNotExist();
  }

  private static boolean hasPictures(String photo) {
    return json("/api/photo/get-transcoding-progress?format=json&photo_id=" + photo)
        .toString()
        .contains("done");
  }

  private static Answer chunk(ApiClient visitor, String token, String identifier) {
    return visitor.post(
        REDEEM,
        new Multipart()
            .field("upload_token", token)
            .field("resumableIdentifier", identifier)
            .field("resumableTotalSize", Integer.toString(PNG.length))
            .field("resumableChunkNumber", "1")
            .field("resumableChunkSize", Integer.toString(PNG.length))
            .file("file", "a.png", "image/png", PNG));
  }

  /** An entry of an index has less room than the longest name that a client may give its file. */
  @Test
  void takesFilesUnderTheLongestNames() {
    String token = new TusClient(server).token("max_uploads", "2");
    String name = WideText.of(1024, 1);
    for (String change : List.of("First", "Second")) {
      Answer changed =
          site()
              .post(
                  "/api/photo/update-upload-token",
                  Map.of("upload_token", token, "resumableIdentifier", name, "title", change));
      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }
    Answer chunk = chunk(ApiClient.of(server), token, name);
    assertThat(chunk.status()).as(chunk.text()).isEqualTo(200);
    Answer again = chunk(ApiClient.of(server), token, name);
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(chunk(ApiClient.of(server), token, WideText.of(1024, 2)).status()).isEqualTo(200);
    assertThat(json("/api/photo/list?format=json&upload_token=" + token).get("total_count"))
        .asString()
        .contains("2");
    assertThat(site().get("/api/photo/list?upload_token=" + token).text()).contains("Second");
  }

  @Test
  void hasItsPages() {
    ApiClient visitor = ApiClient.of(server);
    for (String path : new String[] {"/", "/upload/" + new TusClient(server).token(), "/metrics"}) {
      assertThat(visitor.get(path).status()).as(path).isEqualTo(200);
    }
    Await.until("readiness", () -> visitor.get("/health/ready").status() == 200);
  }

  @Test
  void leavesOutU0000() {
    String token = new TusClient(server).token("title", "a\0b");
    Answer answer = site().get("/api/upload-token/status?upload_token=" + token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void answersToTryLaterWhileItsDatabaseIsAway() throws Exception {
    String token = new TusClient(server).token();
    relay.cut();
    Map<String, String> parameters = Map.of("return_url", "http://www.example.com/back");
    assertLater(site().post("/api/photo/get-upload-token", parameters));
    assertLater(site().get("/api/photo/list"));
    assertLater(ApiClient.of(server).get("/photo/1"));
    assertThat(ApiClient.of(server).post(REDEEM, form(token)).status()).isNotEqualTo(500);
    assertThat(site().get("/health/ready").status()).isEqualTo(503);
    tellsTheLogOnce(token);
    relay.mend();
    Await.until(
        "a token", () -> site().post("/api/photo/get-upload-token", parameters).status() == 200);
    Await.until("readiness", () -> site().get("/health/ready").status() == 200);
    Answer back = ApiClient.of(server).post(REDEEM, form(token));
    assertThat(back.locationParameters()).as(back.text()).containsKey("photo_id");
    assertThat(Files.readString(server.logFile())).doesNotContain(token);
  }

  private static Multipart form(String token) {
    return new Multipart().field("upload_token", token).file("file", "a.png", "image/png", PNG);
  }

  /** However many requests and threads notice it, again and again. */
  private static void tellsTheLogOnce(String token) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      site().get("/api/photo/list");
      ApiClient.of(server).get("/photo/1");
      ApiClient.of(server).post(REDEEM, form(token));
      ApiClient.of(server).get("/health/ready");
      Thread.sleep(500);
    }
    Map<String, Long> told =
        FAILURE
            .matcher(server.log())
            .results()
            .collect(groupingBy(line -> line.group(1) + line.group(2), counting()));
    // Once for reads that fail, and once for writes.
    assertThat(told).isNotEmpty().allSatisfy((line, count) -> assertThat(count).isLessThan(3));
    assertThat(told).hasSizeLessThan(20);
  }

  private static void assertLater(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }
}
