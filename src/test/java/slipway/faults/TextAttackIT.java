package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Visitors with a token each try to keep the service busy with descriptions of photos. */
@Tag("faults")
@Tag("alone")
class TextAttackIT {
  private static final Duration LASTING = Duration.ofSeconds(10);
  private static final int ATTACKERS = 8;

  @Test
  void refusesTextsWithoutLimitAtOnce() throws Exception {
    // Written once: the attackers share the processors with the service.
    String tags = "tags=" + list(170_000, "").replace(' ', '+');
    String title = ApiClient.urlencoded(Map.of("title", "&" + "amp;".repeat(20_000)));
    attack("texts without limit", n -> n % 2 == 0 ? tags : title, 400);
  }

  @Test
  void worksOffTheLongestTextsWhileOthersGetTheirTokens() throws Exception {
    attack(
        "the longest texts",
        n ->
            ApiClient.urlencoded(
                Map.of(
                    "tags", list(100, "x" + n + "x"),
                    "title", "&amp;".repeat(500),
                    "description", list(4000, "w" + n % 100 + "w").substring(0, 19_000))),
        200);
  }

  private static String list(int count, String of) {
    return IntStream.range(0, count)
        .mapToObj(i -> of + Integer.toString(i, 36))
        .collect(Collectors.joining(" "));
  }

  private static void attack(String what, IntFunction<String> texts, int expected)
      throws Exception {
    try (Server server = Server.on(Container.JETTY_12).measured().start()) {
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < ATTACKERS; i++) {
        tokens.add(tokenWithPhotos(server));
      }
      List<Long> before = latencies(server, Duration.ofSeconds(3));
      AtomicBoolean ended = new AtomicBoolean();
      AtomicInteger calls = new AtomicInteger();
      AtomicInteger unexpected = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
      try {
        for (String token : tokens) {
          running.add(
              attackers.submit(
                  () -> {
                    while (!ended.get()) {
                      String body = texts.apply(calls.incrementAndGet()) + "&upload_token=" + token;
                      Answer answer =
                          ApiClient.of(server)
                              .post(
                                  "/api/photo/update-upload-token",
                                  "application/x-www-form-urlencoded",
                                  BodyPublishers.ofString(body));
                      if (answer.status() != expected && answer.status() != 503) {
                        unexpected.incrementAndGet();
                      }
                    }
                  }));
        }
        List<Long> millis = latencies(server, LASTING);
        long p99 = millis.get(millis.size() * 99 / 100);
        System.out.printf(
            "%s: %d calls in %d s, tokens for others: %d, median %d ms, p99 %d ms, longest %d ms;"
                + " p99 before %d ms%n",
            what,
            calls.get(),
            LASTING.toSeconds(),
            millis.size(),
            millis.get(millis.size() / 2),
            p99,
            millis.get(millis.size() - 1),
            before.get(before.size() * 99 / 100));
        assertThat(running).noneMatch(Future::isDone);
        assertThat(unexpected.get()).isZero();
        assertThat(calls.get()).isGreaterThan(ATTACKERS);
        assertThat(p99).isLessThan(200);
      } finally {
        ended.set(true);
        attackers.shutdownNow();
      }
    }
  }

  /** How long tokens took, the shortest first. */
  private static List<Long> latencies(Server server, Duration lasting) throws Exception {
    List<Long> millis = new ArrayList<>();
    long end = System.nanoTime() + lasting.toNanos();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      token(server, 1);
      millis.add((System.nanoTime() - start) / 1_000_000);
      Thread.sleep(10);
    }
    Collections.sort(millis);
    return millis;
  }

  private static String token(Server server, int uploads) {
    Answer answer =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "max_uploads", "" + uploads));
    assertThat(answer.status()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static String tokenWithPhotos(Server server) {
    String token = token(server, 10);
    for (int i = 0; i < 9; i++) {
      Multipart form = new Multipart().field("upload_token", token).field("format", "json");
      form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(4, 3));
      Answer answer = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
      assertThat(answer.status()).isIn(200, 302, 303);
    }
    return token;
  }
}
