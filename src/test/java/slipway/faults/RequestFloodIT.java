package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Others get their tokens while someone sends, at full rate, what costs a server most to read. */
@Tag("faults")
@ParameterizedClass
@EnumSource(Container.class)
class RequestFloodIT {
  private static final String ECHO = "/api/echo";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long MOST_MILLIS = 200;

  @Parameter Container container;

  /** How long a token took at the 99th percentile, by what was sent meanwhile. */
  private final Map<String, Long> millis = new LinkedHashMap<>();

  private Server server;

  @BeforeEach
  void start() {
    server = Server.on(container).measured().jvm("-Xmx256m", "-XX:+ExitOnOutOfMemoryError").start();
    for (int i = 0; i < 200; i++) {
      issue(); // as a server that has run for a while
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer issue() {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }

  private Answer echo(String body) {
    return ApiClient.of(server).post(ECHO, FORM, BodyPublishers.ofString(body));
  }

  @Test
  void bearsAllThatCostsMuchToRead() throws Exception {
    manyParameters();
    largeBodiesAndReplies();
    longForms();
    signaturesOfManyParameters();
    assertThat(millis).allSatisfy((flood, p99) -> assertThat(p99).isLessThan(MOST_MILLIS));
  }

  private void manyParameters() throws Exception {
    String body = "abc=d&".repeat(170_000);
    flood("many parameters", 20, () -> echo(body));
  }

  private void largeBodiesAndReplies() throws Exception {
    String body = "format=json&\u20ac=" + "\u0001".repeat((1 << 20) - 100);
    flood("large bodies", 200, () -> echo(body));
  }

  private void longForms() throws Exception {
    String value = "\u20ac".repeat((64 * 1024) / 3);
    flood(
        "long forms",
        50,
        () -> {
          Multipart form = new Multipart();
          for (int i = 0; i < 195; i++) {
            form.field("field" + i, value);
          }
          ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
        });
  }

  private void signaturesOfManyParameters() throws Exception {
    Map<String, String> oauth = OAuthSigner.of(server, "read").sign("POST", "http://a/", Map.of());
    Map<String, String> parameters = new LinkedHashMap<>(oauth);
    while (parameters.size() < 1000) {
      parameters.put("p" + parameters.size(), "a".repeat(1000));
    }
    String most = ApiClient.urlencoded(parameters);
    flood("signatures", 20, () -> echo(most));
    String tooMany = ApiClient.urlencoded(oauth) + "&a=b".repeat(20_000);
    flood("long signatures", 20, () -> echo(tooMany));
  }

  private void flood(String name, int atATime, Runnable attack) throws Exception {
    long end = System.nanoTime() + FLOOD_NANOS;
    ExecutorService attackers = Executors.newFixedThreadPool(atATime);
    AtomicInteger sent = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < atATime; i++) {
      running.add(attackers.submit(() -> attack(attack, end, sent)));
    }
    List<Long> times = new ArrayList<>();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      assertThat(issue().status()).isEqualTo(200);
      times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
    for (Future<?> each : running) {
      each.get();
    }
    attackers.shutdown();
    times.sort(null);
    long p99 = times.get(times.size() * 99 / 100);
    System.out.printf(
        "%s, %s: %d requests, %d tokens, p99 %d ms%n",
        container, name, sent.get(), times.size(), p99);
    millis.put(name, p99);
    works();
  }

  private static void attack(Runnable attack, long end, AtomicInteger sent) {
    while (System.nanoTime() < end) {
      try {
        attack.run();
      } catch (UncheckedIOException e) {
        // Cut off, as it may be.
      }
      sent.incrementAndGet();
    }
  }

  private void works() {
    Multipart form =
        new Multipart()
            .field("upload_token", issue().xml("/response/upload_token"))
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
    Answer redeemed = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    assertThat(redeemed.locationParameters()).containsKey("photo_id");
    assertThat(echo("a=" + "x".repeat(1_000_000)).status()).isEqualTo(200);
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
  }
}
