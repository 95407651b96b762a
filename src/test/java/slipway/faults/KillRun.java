package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.PowerLoss;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * A server under uploads of every kind that is killed (SIGKILL) at random points, started again,
 * and checked against what it had promised: every acknowledged photo and piece is there byte for
 * byte, an upload that was cut off continues and makes one photo, no row is without its file and no
 * file without a row, no token is over-spent and no use lost, and renditions that are said to be
 * made are there.
 */
public final class KillRun implements AutoCloseable {
  private static final int VISITORS = 6;
  private static final int USES = 10;
  private static final int UPLOADS_PER_TOKEN = 5;
  private static final int LONGEST_MILLIS = 3000;
  private static final int PATIENCE_MILLIS = 180_000;

  private final Server server;
  private final PowerLoss power;
  private final Random random;
  private final Map<String, Integer> tokens = new ConcurrentHashMap<>();
  private final Map<String, byte[]> fresh = new ConcurrentHashMap<>();
  private final Queue<Sending> cutOff = new ConcurrentLinkedQueue<>();
  private final Map<String, String> survived = new LinkedHashMap<>();
  private final Map<String, Integer> held = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private int resumed;

  /** Starts a server; the seed sets the points at which it is killed and what is uploaded. */
  public KillRun(Container container, long seed) {
    this(started(Server.on(container)), seed, null);
  }

  /** On a server that is started already; it is to make renditions. */
  KillRun(Server server, long seed) {
    this(server, seed, null);
  }

  /** The same with a loss of power at each kill, on the disk with that folder. */
  static KillRun withPowerLoss(Container container, long seed, Path data) throws IOException {
    PowerLoss power = PowerLoss.of(data.toRealPath());
    Server server = started(Server.on(container).data(data.toRealPath()).power(power));
    return new KillRun(server, seed, power);
  }

  private static Server started(Server.Builder server) {
    return server.withRenditions().setting("slipway.token.sweep-seconds", "1").start();
  }

  private KillRun(Server server, long seed, PowerLoss power) {
    this.server = server;
    this.random = new Random(seed);
    this.power = power;
  }

  /** Photos that were acknowledged so far, and survived. */
  public int acknowledged() {
    return survived.size();
  }

  /** Uploads that a kill cut off, and that continued afterwards. */
  public int resumed() {
    return resumed;
  }

  /** What was not flushed, and went with the power. */
  List<String> lost() {
    return lost;
  }

  /** Photos of which there are no renditions, as the server itself reports. */
  public int reported() {
    try (DataFolder data = new DataFolder(server.data())) {
      return data.renditions("failed") + data.renditions("original_only");
    }
  }

  /** Lets visitors upload, kills the server in between, starts it again and checks. */
  public void killAndCheck() throws IOException, InterruptedException, ExecutionException {
    kill(() -> {});
    server.restart();
    check();
  }

  /**
   * Lets visitors upload, and kills the server in between.
   *
   * @param last what else is to happen, right before
   */
  void kill(Runnable last) throws IOException, InterruptedException, ExecutionException {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
    List<Future<?>> visits = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      Random choices = new Random(random.nextLong());
      visits.add(visitors.submit(() -> uploadUntil(over, choices)));
    }
    Thread.sleep(random.nextInt(LONGEST_MILLIS));
    last.run();
    server.kill();
    over.set(true);
    visitors.shutdown();
    assertThat(visitors.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    for (Future<?> visit : visits) {
      visit.get();
    }
    if (power != null) {
      lost.addAll(power.strike());
    }
  }

  /** Checks the server that was started again, and continues what the kill cut off. */
  void check() throws IOException, InterruptedException {
    checkFolder();
    goOn();
    checkPhotos();
    checkUsesLeft();
    tokens.clear();
  }

  private void uploadUntil(AtomicBoolean over, Random choices) {
    Sending sending = null;
    try {
      while (!over.get()) {
        sending = null;
        String token = issue();
        tokens.put(token, 0);
        for (int i = 0; i < UPLOADS_PER_TOKEN; i++) {
          sending = Sending.any(server, token, choices);
          acknowledge(sending);
        }
      }
    } catch (UncheckedIOException e) {
      // The server is gone.
      if (sending != null) {
        cutOff.add(sending);
      }
    }
  }

  private void acknowledge(Sending sending) {
    String path = sending.send();
    tokens.merge(sending.token(), 1, Integer::sum);
    fresh.put(path, sending.file());
  }

  private String issue() {
    Answer answer =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "max_uploads", Integer.toString(USES)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private void checkFolder() throws IOException, InterruptedException {
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.kept()).containsAll(data.mediaKeys());
      // Others are set aside or deleted gradually, unless their upload may still be continued.
      await(() -> withoutUpload(data).equals(new HashSet<>(data.mediaKeys())));
      await(() -> data.unfinished().containsAll(data.incoming()));
      assertThat(data.withoutRenditions()).isEmpty();
      List<String> wrong = new ArrayList<>();
      tokens.forEach(
          (token, uploads) -> {
            int spent = data.spent(token);
            if (spent != data.photos(token) || spent < uploads || spent + data.held(token) > USES) {
              wrong.add(token + ": " + uploads + " acknowledged, " + spent + " spent");
            }
          });
      assertThat(wrong).isEmpty();
    }
  }

  private static Set<String> withoutUpload(DataFolder data) throws IOException {
    Set<String> kept = new HashSet<>(data.kept());
    kept.removeAll(data.unfinished());
    return kept;
  }

  private void goOn() {
    for (Sending sending = cutOff.poll(); sending != null; sending = cutOff.poll()) {
      acknowledge(sending);
      resumed++;
    }
  }

  private void checkPhotos() {
    ApiClient api = ApiClient.of(server);
    fresh.forEach(
        (path, jpeg) -> {
          assertThat(api.get(path).body()).as(path).isEqualTo(jpeg);
          survived.put(path, digest(jpeg));
        });
    fresh.clear();
  }

  /**
   * Uses up one token of those the kill cut off: it must take what is left of it, and no more. A
   * begun upload whose address was lost on the way holds a use until it is swept.
   */
  private void checkUsesLeft() {
    try (DataFolder data = new DataFolder(server.data())) {
      for (String token : tokens.keySet()) {
        if (data.held(token) > 0) {
          held.put(token, USES - data.spent(token));
        }
      }
      for (String token : tokens.keySet().stream().limit(1).toList()) {
        useUp(token, USES - data.spent(token) - data.held(token));
        held.computeIfPresent(token, (same, left) -> USES - data.spent(token));
      }
    }
  }

  private void useUp(String token, int left) {
    for (int i = 0; i < left; i++) {
      acknowledge(new Sending.ByForm(server, token, SampleMedia.jpeg(8, 8)));
    }
    Sending.ByForm oneMore = new Sending.ByForm(server, token, SampleMedia.jpeg(8, 8));
    Answer refused = oneMore.post();
    assertThat(refused.header("Location").orElse("")).as(refused.text()).doesNotContain("photo_id");
  }

  /**
   * Lets the server sweep what nobody continued with, and make its renditions; then no file is left
   * over, every use is back, and every photo so far is there still.
   */
  public void finish() throws IOException, InterruptedException {
    server.stop();
    try (DataFolder data = new DataFolder(server.data())) {
      server.setting("slipway.resumable.ttl", "1s");
      server.setting("slipway.token.sweep-seconds", "1");
      server.restart();
      await(() -> data.unfinished().isEmpty());
      awaitRenditions(data);
      assertThat(data.incoming()).isEmpty();
      assertThat(data.unfinishedRenditions()).isZero();
      assertThat(data.withoutRenditions()).isEmpty();
    }
    held.entrySet().stream().limit(5).forEach(one -> useUp(one.getKey(), one.getValue()));
    checkPhotos();
    ApiClient api = ApiClient.of(server);
    survived.forEach(
        (path, digest) -> assertThat(digest(api.get(path).body())).as(path).isEqualTo(digest));
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something to wait for. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    for (int waited = 0; !condition.holds(); waited += 200) {
      assertThat(waited).as("milliseconds waited").isLessThan(PATIENCE_MILLIS);
      Thread.sleep(200);
    }
  }

  /** After many kills there are many: patience ends only where none is made for so long. */
  private static void awaitRenditions(DataFolder data) throws IOException, InterruptedException {
    for (int waiting = data.renditions("waiting"); waiting > 0; ) {
      int before = waiting;
      await(() -> data.renditions("waiting") < before);
      waiting = data.renditions("waiting");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
