package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Faults;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** What is told of a full disk; a quota that is spent is one, though the disk itself has room. */
class QuotaIT {
  private static final int REQUESTS = 5;

  private static Faults faults;
  private static Server server;

  @BeforeAll
  static void start() {
    faults = FaultyServer.get().disk();
    server = FaultyServer.get().server();
  }

  @AfterEach
  void mend() {
    faults.end();
  }

  private static Answer issue() {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }

  private static Answer upload(String token, boolean asJson) {
    Multipart form = new Multipart().field("upload_token", token);
    if (asJson) {
      form.field("format", "json");
    }
    return ApiClient.of(server)
        .post(
            "/api/photo/redeem-upload-token",
            form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20)));
  }

  private static long told(int from, String line) {
    return server.log().substring(from).lines().filter(each -> each.contains(line)).count();
  }

  /**
   * Told anew only once there was room for ten seconds, so that it may still stand from another
   * test; but never twice in a row, however many requests notice.
   */
  private static void assertToldOnceUntil(String room, String full) {
    List<Boolean> isFull =
        server
            .log()
            .lines()
            .filter(line -> line.contains(full) || line.contains(room))
            .map(line -> line.contains(full))
            .toList();
    assertThat(isFull).contains(true);
    for (int i = 1; i < isFull.size(); i++) {
      assertThat(isFull.get(i)).isNotEqualTo(isFull.get(i - 1));
    }
  }

  @Test
  void ofFilesIsToldOnceAndEachVisitorIsAnswered() {
    String token = issue().xml("/response/upload_token");
    int from = server.log().length();
    faults.failWrite("*/media/incoming/*", 1000, Faults.EDQUOT);
    for (int i = 0; i < REQUESTS; i++) {
      Answer json = upload(token, true);
      assertThat(json.status()).as(json.text()).isEqualTo(507);
      assertThat(json.header("Retry-After")).isPresent();
      assertThat(upload(token, false).locationParameters().get("error_message"))
          .contains("no room for it now");
    }
    faults.end();
    assertThat(upload(token, false).locationParameters()).containsKey("photo_id");
    assertToldOnceUntil("The disk has room for files again", "The disk is full");
    assertThat(told(from, "ERROR")).isZero();
  }

  @Test
  void ofTheDatabaseIsToldOnceAndNamedAsWhatItIs() {
    int from = server.log().length();
    faults
        .failWrite("*/slipway.db-wal", 1000, Faults.EDQUOT)
        .failWrite("*/quota-check", 1000, Faults.EDQUOT);
    for (int i = 0; i < REQUESTS; i++) {
      Answer refused = issue();
      assertThat(refused.status()).as(refused.text()).isEqualTo(507);
    }
    faults.end();
    assertThat(issue().status()).isEqualTo(200);
    assertToldOnceUntil("The database's disk has room again", "database finds its disk full");
    assertThat(told(from, "ERROR")).isZero();
  }

  @Test
  void isToldByTheReadinessOfTheServer() {
    awaitReady(200);
    faults.failWrite("*/slipway.db-wal", 1000, Faults.ENOSPC);
    assertThat(awaitReady(503)).contains("\"database\":\"failed\"");
    faults.end();
    awaitReady(200);
    faults.failWrite("*/media/incoming/*", 1000, Faults.ENOSPC);
    assertThat(awaitReady(503)).contains("\"media\":\"failed\"");
    faults.end();
    awaitReady(200);
  }

  private static String awaitReady(int status) {
    ApiClient visitor = ApiClient.of(server);
    Await.until("readiness " + status, () -> visitor.get("/health/ready").status() == status);
    return visitor.get("/health/ready").text();
  }

  @Test
  void isNotTakenForADatabaseThatFailsForAnotherReason() {
    faults.failWrite("*/slipway.db-wal", 1000, Faults.EIO);
    assertThat(issue().status()).isEqualTo(503);
    faults.end();
    assertThat(issue().status()).isEqualTo(200);
  }
}
