package slipway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Forms with a file and never a token, at full rate, while others continue with their work. */
@Tag("faults")
@Tag("alone")
class FileFirstAttackIT {
  private static final long BOUND = 64L << 20;
  private static final int ATTACKERS = 20;
  private static final long MILLIS = 20_000;
  private static final long QUIET_MILLIS = 5_000;

  private volatile boolean isOver;
  private final AtomicLong most = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong forms = new AtomicLong();

  @ParameterizedTest
  @EnumSource(Container.class)
  void neitherFillsTheDiskNorHoldsUpOthers(Container container) throws Exception {
    try (Server server =
        Server.on(container)
            .measured()
            .setting("slipway.proxies", "127.0.0.1")
            .setting("slipway.rendition.threads", "0")
            .setting("slipway.incoming.tokenless-bytes", Long.toString(BOUND))
            .start()) {
      for (int i = 0; i < 300; i++) {
        issue(server);
      }
      List<Double> quiet = measure(server, QUIET_MILLIS);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < ATTACKERS; i++) {
        String address = "192.0.2." + i;
        threads.add(started(() -> attack(server, address)));
      }
      threads.add(started(() -> sample(server)));
      List<Double> times = measure(server, MILLIS);
      isOver = true;
      for (Thread thread : threads) {
        thread.join(60_000);
      }
      double p99 = p99(times);
      System.out.printf(
          "%s: %d forms, %d MB/s; at most %.1f MB in incoming; %d tokens, p50 %.1f ms, p99 %.1f ms (before: %.1f ms)%n",
          container,
          forms.get(),
          (sent.get() * 1000 / MILLIS) >> 20,
          most.get() / 1e6,
          times.size(),
          times.get(times.size() / 2),
          p99,
          p99(quiet));
      assertThat(most.get()).isBetween(1L, BOUND);
      assertThat(p99).isLessThan(200);
      for (int i = 0; i < 500 && IncomingFolder.bytes(server) > 0; i++) {
        Thread.sleep(20);
      }
      assertThat(IncomingFolder.bytes(server)).isZero();
      assertThat(IncomingFolder.counted(server, "slipway_incoming_bytes")).isZero();
    }
  }

  private static double p99(List<Double> sorted) {
    return sorted.get(sorted.size() * 99 / 100);
  }

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    return thread;
  }

  /** Form after form, each of a length it does not say, until it is answered or cut. */
  private void attack(Server server, String address) {
    byte[] jpeg = SampleMedia.jpeg(100, 100);
    byte[] block = new byte[1 << 20];
    String head =
        "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: "
            + address
            + "\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n"
            + "\r\n7fffffff\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
            + "\r\n"
            + new String(jpeg, ISO_8859_1);
    while (!isOver) {
      try (RawConnection connection = RawConnection.to(server)) {
        forms.incrementAndGet();
        connection.send(head.getBytes(ISO_8859_1));
        for (int i = 0; i < 200 && !isOver; i++) {
          connection.send(block);
          sent.addAndGet(block.length);
        }
        connection.reset();
      } catch (IOException e) {
        // The server has had enough of this one.
      }
    }
  }

  private void sample(Server server) {
    while (!isOver) {
      most.accumulateAndGet(IncomingFolder.bytes(server), Math::max);
      sleep(2);
    }
  }

  /** Milliseconds that tokens take to be issued, sorted; now and then a visitor uploads. */
  private static List<Double> measure(Server server, long millis) {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      String token = issue(server);
      times.add((System.nanoTime() - start) / 1e6);
      if (times.size() % 100 == 0) {
        upload(server, token);
      }
      sleep(5);
    }
    Collections.sort(times);
    return times;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String issue(Server server) {
    Answer answer =
        ApiClient.withKey(server)
            .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private static void upload(Server server, String token) {
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(300, 300));
    assertThat(ApiClient.of(server).post("/api/photo/redeem-upload-token", form).returnedPath())
        .isNotEmpty();
  }
}
