package slipway.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.harness.SharedServers;

class OperationsSettingsIT {
  @Test
  void obeysTheSettingsOfThoseWhoRunIt() throws InterruptedException {
    Server server = SharedServers.closed(Container.JETTY_12);
    ApiClient api = ApiClient.of(server);
    assertThat(api.get("/metrics").status()).isEqualTo(404);
    assertThat(api.withKey(server.key()).get("/metrics").status()).isEqualTo(404);
    assertThat(api.withKey(SharedServers.METRICS_KEY).get("/metrics").text())
        .contains("jvm_memory_used_bytes");

    Answer named =
        api.send(
            api.request("/health/live?secret=1")
                .header("X-Request-Id", "edge-77")
                .header("X-Forwarded-For", "203.0.113.9")
                .GET());
    assertThat(named.header("X-Request-Id")).contains("edge-77");
    JsonObject line = logged(server, "edge-77");
    assertThat(line.toString()).contains("203.0.113.9").doesNotContain("secret");
    assertThat(line.get("formattedMessage").getAsString()).startsWith("GET /health/live 200 3 B");
  }

  /** What is not ready then is {@link ReadyTest}'s. */
  @Tag("faults")
  @Test
  void isNotReadyWhereTheDiskHasLessThanMustStayFree() {
    try (Server server =
        Server.on(Container.JETTY_12)
            .setting("slipway.health.least-free-bytes", Long.toString(1L << 60))
            .start()) {
      ApiClient api = ApiClient.of(server);
      Answer ready = api.get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().get("disk").getAsString()).isEqualTo("failed");
      assertThat(ready.json().get("database").getAsString()).isEqualTo("ok");
      assertThat(api.get("/health/live").status()).isEqualTo(200);
    }
  }

  /** The line comes a little after the answer. */
  private static JsonObject logged(Server server, String requestId) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      Optional<JsonObject> line =
          server
              .log()
              .lines()
              .filter(l -> l.startsWith("{") && l.endsWith("}"))
              .map(OperationsSettingsIT::json)
              .filter(l -> l.getAsJsonObject("mdc").toString().contains(requestId))
              .findFirst();
      if (line.isPresent()) {
        return line.get();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("No line of " + requestId + " in\n" + server.log());
  }

  private static JsonObject json(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
