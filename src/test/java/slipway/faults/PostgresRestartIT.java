package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.OwnPostgres;
import slipway.harness.OwnPostgres.End;
import slipway.harness.Relay;
import slipway.harness.Server;

/**
 * Nodes under uploads, whose PostgreSQL crashes and is started again, or replaced by its standby.
 */
@NeedsPostgres
@Tag("faults")
class PostgresRestartIT {
  private static final int VISITORS = 6;
  private static final int RESTARTS = 5;

  @TempDir Path folder;

  private Nodes nodes(String url) throws Exception {
    return Nodes.start(
        2, folder, Map.of("slipway.database", url, "slipway.database.timeout-seconds", "5"));
  }

  private static void more(Visitors visitors, int files) {
    int before = visitors.count();
    Await.until("more files", () -> visitors.count() >= before + files);
  }

  @Test
  void losesNothingThoughItCrashesAgainAndAgain() throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(Map.of());
        Nodes nodes = nodes(postgres.url());
        Visitors visitors = new Visitors(nodes, VISITORS)) {
      for (int i = 0; i < RESTARTS; i++) {
        more(visitors, 10);
        postgres.stop(End.AT_ONCE);
        postgres.start();
      }
      more(visitors, 10);
      visitors.end();
      visitors.tell("crashes");
      visitors.assertNothingWrong();
      visitors.assertAllKept();
    }
  }

  @Test
  void losesNothingThoughItFailsOverToItsStandby() throws Exception {
    try (OwnPostgres primary = OwnPostgres.start(Map.of());
        OwnPostgres standby = primary.standby();
        Nodes nodes = nodes(primary.urlWith(standby));
        Visitors visitors = new Visitors(nodes, VISITORS)) {
      more(visitors, 20);
      primary.stop(End.AT_ONCE);
      standby.promote();
      more(visitors, 20);
      visitors.end();
      visitors.tell("fail-over");
      visitors.assertNothingWrong();
      visitors.assertAllKept();
    }
  }

  /** As where an address leads to another server than before. */
  @Test
  void readsFromAServerThatTakesNoWritesAndLeavesItOnceThereIsAnother() throws Exception {
    try (OwnPostgres primary = OwnPostgres.start(Map.of());
        Relay relay = new Relay(primary.port());
        Server server = server(primary.url().replace(":" + primary.port(), ":" + relay.port()));
        OwnPostgres standby = primary.standby()) {
      Await.until("a token", () -> issue(server).status() == 200);
      relay.cut();
      relay.lead(standby.port());
      relay.mend();
      Await.until("a list", () -> ApiClient.withKey(server).get("/api/photo/list").status() == 200);
      for (int i = 0; i < 5; i++) {
        Answer later = issue(server);
        assertThat(later.status()).as(later.text()).isEqualTo(503);
        assertThat(later.header("Retry-After")).isPresent();
        assertThat(ApiClient.of(server).get("/health/ready").status()).isEqualTo(503);
      }
      relay.lead(primary.port());
      Await.until("a token", () -> issue(server).status() == 200);
      Await.until("readiness", () -> ApiClient.of(server).get("/health/ready").status() == 200);
    }
  }

  private static Server server(String url) {
    return Server.on(Container.JETTY_12)
        .setting("slipway.database", url)
        .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
        .start();
  }

  private static Answer issue(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }
}
