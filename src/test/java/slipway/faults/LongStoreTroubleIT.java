package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.BucketRequest.Kind;
import slipway.harness.Container;
import slipway.harness.MovedClock;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.StoreTrouble;
import slipway.harness.TestBuckets;
import slipway.http.upload.tus.TusClient;

/** Visitors whose server's bucket has one trouble for a while: each gets its file in once. */
@Tag("faults")
class LongStoreTroubleIT {
  private static final int VISITORS = 4;
  private static final int PAUSE_MILLIS = 300;
  private static final long TROUBLE_MILLIS = 1000L * Integer.getInteger("trouble.seconds", 30);

  private static StoreRelay relay;
  private static MovedClock clock;
  private static Server server;

  @BeforeAll
  static void start() {
    relay = new StoreRelay(TestBuckets.port());
    clock = MovedClock.right();
    Server.Builder builder = Server.on(Container.JETTY_12).clock(clock);
    TestBuckets.settings(TestBuckets.newBucket(relay.port())).forEach(builder::setting);
    server = builder.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    relay.close();
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of("busy", StoreTrouble.says(503, "SlowDown")),
        Arguments.of("slow", StoreTrouble.takes(Duration.ofSeconds(5))),
        Arguments.of("gone", StoreTrouble.isGone()),
        Arguments.of("closed", StoreTrouble.says(403, "AccessDenied")));
  }

  /** What visitors were told. */
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

  private final AtomicInteger later = new AtomicInteger();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void takesEachFileOnceWhateverTheStoreDidMeanwhile(String name, StoreTrouble trouble)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(VISITORS);
    List<Future<?>> visits = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      int number = i;
      visits.add(threads.submit(() -> visit(number)));
    }
    Await.until("some files", () -> stored.size() > VISITORS);
    relay.trouble(trouble);
    Thread.sleep(TROUBLE_MILLIS);
    relay.mend();
    isOver.set(true);
    for (Future<?> visit : visits) {
      visit.get();
    }
    threads.shutdown();
    System.out.println(name + ": " + stored.size() + " files, " + later + " times told later");
    stored.forEach(LongStoreTroubleIT::assertIsThereOnce);
    Await.until("ready", () -> ApiClient.of(server).get("/health/ready").status() == 200);
  }

  private void visit(int number) {
    for (int i = 0; !isOver.get(); i++) {
      byte[] file = SampleMedia.jpeg(20 + number, 20 + i % 200);
      String token = new TusClient(server).token("max_uploads", "1", "publish", "0");
      send(token, file);
      stored.put(token, file);
    }
  }

  private void send(String token, byte[] file) {
    String key = UUID.randomUUID().toString();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", file);
    ApiClient visitor = ApiClient.of(server);
    Answer answer = post(visitor, key, form);
    while (answer.status() == 503) {
      assertThat(answer.header("Retry-After")).isPresent();
      later.incrementAndGet();
      pause();
      answer = post(visitor, key, form);
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static Answer post(ApiClient visitor, String key, Multipart form) {
    return visitor.send(
        visitor
            .request("/api/photo/redeem-upload-token")
            .header("Idempotency-Key", key)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertIsThereOnce(String token, byte[] file) {
    Answer list =
        ApiClient.withKey(server)
            .get("/api/photo/list?include_unpublished_p=1&upload_token=" + token);
    assertThat(list.xml("count(//photo)")).isEqualTo("1");
    assertThat(ApiClient.of(server).get(list.xml("//photo/@original_download")).body())
        .isEqualTo(file);
  }

  /** It is told, and signs by the store's clock from then on. */
  @Test
  void storesFilesThoughItsOwnClockIsWrong() {
    clock.ahead(Duration.ofHours(1));
    try {
      relay.counted();
      visitOnce();
      assertThat(relay.counted().get(Kind.PUT)).isEqualTo(2);
      visitOnce();
      assertThat(relay.counted().get(Kind.PUT)).isEqualTo(1);
    } finally {
      clock.ahead(Duration.ZERO);
    }
  }

  private void visitOnce() {
    byte[] file = SampleMedia.jpeg(30, 40);
    String token = new TusClient(server).token("max_uploads", "1", "publish", "0");
    send(token, file);
    assertThat(later).hasValue(0);
  }
}
