package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * A server under uploads that is killed (SIGKILL) at random points, started again, and checked
 * against what it had promised: every acknowledged photo is there byte for byte, no row without a
 * file, no file without a row, no token over-spent, no use lost.
 */
public final class KillRun implements AutoCloseable {
  private static final int VISITORS = 6;
  private static final int USES = 10;
  private static final int LONGEST_MILLIS = 400;

  private final Server server;
  private final Random random;
  private final Map<String, Integer> tokens = new ConcurrentHashMap<>();
  private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();

  /** Starts a server; the seed sets the points at which it is killed. */
  public KillRun(Container container, long seed) {
    this.server = Server.on(container).start();
    this.random = new Random(seed);
  }

  /** Photos that were acknowledged so far, and survived. */
  public int acknowledged() {
    return acknowledged.size();
  }

  /** Lets visitors upload, kills the server somewhere amid them, starts it again and checks. */
  public void killAndCheck() throws IOException, InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
    for (int i = 0; i < VISITORS; i++) {
      visitors.execute(() -> uploadUntil(over));
    }
    Thread.sleep(random.nextInt(LONGEST_MILLIS));
    server.kill();
    over.set(true);
    visitors.shutdown();
    assertThat(visitors.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    server.restart();
    check();
  }

  private void uploadUntil(AtomicBoolean over) {
    try {
      while (!over.get()) {
        String token = issue();
        tokens.put(token, 0);
        for (int i = 0; i < USES / 2; i++) {
          byte[] jpeg = SampleMedia.jpeg(60, 60);
          Answer back = upload(token, jpeg);
          assertThat(back.status()).as(back.text()).isEqualTo(301);
          tokens.merge(token, 1, Integer::sum);
          acknowledged.put(original(back.locationParameters()), jpeg);
        }
      }
    } catch (UncheckedIOException e) {
      // The server is gone.
    }
  }

  private String issue() {
    return Api.withKey(server)
        .post(
            "/api/photo/get-upload-token",
            Map.of("return_url", "http://a.test/", "max_uploads", Integer.toString(USES)))
        .xml("/response/upload_token");
  }

  private Answer upload(String token, byte[] jpeg) {
    return Api.of(server)
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", jpeg));
  }

  private static String original(Map<String, String> photo) {
    return String.join(
        "/", "", photo.get("tree_id"), photo.get("photo_id"), photo.get("token"), "original");
  }

  private void check() throws IOException {
    Api api = Api.of(server);
    acknowledged.forEach((path, jpeg) -> assertThat(api.get(path).body()).isEqualTo(jpeg));
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.originals()).containsExactlyInAnyOrderElementsOf(data.mediaKeys());
      List<String> wrong = new ArrayList<>();
      tokens.forEach(
          (token, uploads) -> {
            int spent = data.spent(token);
            if (spent != data.photos(token) || spent < uploads || spent > USES) {
              wrong.add(token + ": " + uploads + " acknowledged, " + spent + " spent");
            }
          });
      assertThat(wrong).isEmpty();
      checkUsesLeft(data);
    }
    tokens.clear();
  }

  /** Uses up one token of those the kill cut off: it must take what is left of it, and no more. */
  private void checkUsesLeft(DataFolder data) {
    for (String token : tokens.keySet().stream().limit(1).toList()) {
      int left = USES - data.spent(token);
      for (int i = 0; i < left; i++) {
        assertThat(upload(token, SampleMedia.jpeg(8, 8)).status()).isEqualTo(301);
      }
      assertThat(upload(token, SampleMedia.jpeg(8, 8)).status()).isEqualTo(404);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
