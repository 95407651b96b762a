package slipway.faults;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;

/** A disk that hangs. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class StuckWriterIT {
  private static final long HANG_MILLIS = 15_000;

  @Test
  void isNotReadyWhileAFlushOfTheDatabaseHangsAndSaysSo() throws Exception {
    Faults faults = Faults.none();
    try (Server server = Server.on(Container.JETTY_12).withRenditions().faults(faults).start()) {
      assertThat(awaitReady(server, 200))
          .contains("\"outgoing\":\"ok\"", "\"renditions\":\"ok\"", "\"writer\":\"ok\"")
          .contains("\"sweep of upload tokens\":\"ok\"", "\"media\":\"ok\"");
      faults.stallFlush("*/slipway.db-wal", 1, HANG_MILLIS);
      CompletableFuture<Answer> issued = supplyAsync(() -> issue(server));
      Await.until("a flush that hangs", () -> !faults.made().isEmpty());
      assertThat(awaitReady(server, 503)).contains("\"database\":\"failed\"");
      assertThat(issued).isNotDone();
      assertThat(issued.join().status()).isEqualTo(200);
      awaitReady(server, 200);
    }
  }

  private static String awaitReady(Server server, int status) throws InterruptedException {
    Answer ready = ApiClient.of(server).get("/health/ready");
    for (int i = 0; i < 300 && ready.status() != status; i++) {
      Thread.sleep(100);
      ready = ApiClient.of(server).get("/health/ready");
    }
    assertThat(ready.status()).as(ready.text()).isEqualTo(status);
    return ready.text();
  }

  private static Answer issue(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }
}
