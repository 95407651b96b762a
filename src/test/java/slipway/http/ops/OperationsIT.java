package slipway.http.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class OperationsIT {
  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  /** What is counted comes a little after the answer. */
  private void await(Runnable assertions) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (true) {
      try {
        assertions.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private double metric(String name) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(api().get("/metrics").text());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private Answer upload(byte[] file) {
    String token =
        ApiClient.withKey(Server.shared(container))
            .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
            .xml("/response/upload_token");
    return api()
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file));
  }

  @Test
  void saysThatItLivesAndIsReady() {
    assertThat(api().get("/health/live").text()).isEqualTo("ok\n");
    Answer ready = api().get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().get("database").getAsString()).isEqualTo("ok");
    assertThat(ready.json().get("disk").getAsString()).isEqualTo("ok");
    assertThat(ready.json().get("decoding").getAsString()).isEqualTo("ok");
    assertThat(ready.header("Cache-Control")).contains("no-store");
  }

  @Test
  void countsUploadsCallsAndCommits() {
    String stored = "slipway_uploads_total{outcome=\"stored\"}";
    String refused = "slipway_uploads_total{outcome=\"refused\"}";
    String issued =
        "slipway_api_calls_seconds_count{method=\"photo/get-upload-token\",status=\"200\"}";
    double storedBefore = metric(stored);
    double refusedBefore = metric(refused);
    double issuedBefore = metric(issued);
    double bytesBefore = metric("slipway_upload_bytes_total");
    byte[] jpeg = SampleMedia.jpeg(20, 20);
    assertThat(upload(jpeg).locationParameters()).containsKey("photo_id");
    assertThat(upload("<script>".getBytes(UTF_8)).locationParameters())
        .containsKey("error_message");
    assertThat(metric(stored) - storedBefore).isEqualTo(1);
    assertThat(metric(refused) - refusedBefore).isEqualTo(1);
    await(() -> assertThat(metric(issued) - issuedBefore).isEqualTo(2));
    assertThat(metric("slipway_upload_bytes_total") - bytesBefore).isEqualTo(jpeg.length);
    if (Files.exists(Server.shared(container).data().resolve("slipway.db"))) {
      // Where nodes share a database, it is asked once a minute.
      assertThat(metric("slipway_tokens_live")).isGreaterThanOrEqualTo(2);
    }
    assertThat(metric("slipway_upload_seconds_count")).isPositive();
    assertThat(metric("slipway_db_commit_works_count")).isPositive();
    assertThat(metric("slipway_db_commit_seconds_sum")).isPositive();
    assertThat(metric("process_uptime_seconds")).isPositive();
  }

  @Test
  void hidesTheMetricsFromWhoeverComesThroughAProxy() {
    Answer answer =
        api().send(api().request("/metrics").header("X-Forwarded-For", "203.0.113.9").GET());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).doesNotContain("slipway_");
  }

  @Test
  void givesEachRequestAnIdOfItsOwn() {
    ApiClient api = api();
    String id = api.get("/health/live").header("X-Request-Id").orElseThrow();
    assertThat(id).matches("[0-9a-f]{16}");
    assertThat(api.get("/health/live").header("X-Request-Id")).isNotEmpty().isNotEqualTo(id);
    Answer head = api.send(api.request("/health/live").method("HEAD", BodyPublishers.noBody()));
    String lineOfHead = head.header("X-Request-Id").orElseThrow() + " HEAD /health/live 200 0 B";
    String line = id + " GET /health/live 200 3 B";
    await(() -> assertThat(Server.shared(container).log()).contains(line, lineOfHead));
    Answer foreign = api.send(api.request("/health/live").header("X-Request-Id", "mine").GET());
    assertThat(foreign.header("X-Request-Id").orElseThrow()).isNotEqualTo("mine");
  }
}
