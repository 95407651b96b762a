package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** Visitors of every kind, on a server with little memory. */
@Tag("faults")
class SoakIT {
  private static final int SENDERS = 5;
  private static final int READERS = 2;
  private static final String SPENT_UP = "10";

  private final Map<String, Integer> stored = new ConcurrentHashMap<>();
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger later = new AtomicInteger();
  private Server server;
  private long end;

  @Test
  void keepsWhatItAcknowledgesInASmallHeap() throws Exception {
    visit(2);
  }

  @Test
  void keepsWhatItAcknowledgesInASmallHeapForTenMinutes() throws Exception {
    visit(Integer.getInteger("soak.seconds", 600));
  }

  private void visit(int seconds) throws Exception {
    try (Server small =
        Server.on(Container.JETTY_12)
            .withRenditions()
            .jvm("-Xmx128m", "-XX:+ExitOnOutOfMemoryError")
            // Those who leave come from one address, and never come back.
            .setting("slipway.resumable.uploads-per-address", "0")
            .start()) {
      server = small;
      end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      ExecutorService visitors = Executors.newFixedThreadPool(SENDERS + READERS + 1);
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        Random choices = new Random(i);
        visits.add(visitors.submit(() -> send(choices)));
      }
      for (int i = 0; i < READERS; i++) {
        visits.add(visitors.submit(this::readAll));
      }
      visits.add(visitors.submit(this::leave));
      for (Future<?> visit : visits) {
        visit.get();
      }
      visitors.shutdown();
      System.out.printf(
          "%d photos stored, %d answers read, %d visitors gone, %d told to come later%n",
          stored.size(), read.get(), left.get(), later.get());
      check();
    }
  }

  private void send(Random choices) {
    while (System.nanoTime() < end) {
      String token = issue();
      for (int i = 0; i < 10; i++) {
        Sending sending = Sending.any(server, token, choices);
        stored.put(sent(sending), Arrays.hashCode(sending.file()));
      }
    }
  }

  private String sent(Sending sending) {
    while (true) {
      try {
        return sending.send();
      } catch (AssertionError e) {
        if (!e.getMessage().contains("503")) {
          throw e;
        }
        later.incrementAndGet();
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String issue() {
    Answer answer =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "max_uploads", SPENT_UP, "publish", "1"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private void readAll() {
    ApiClient visitor = ApiClient.of(server);
    ApiClient site = ApiClient.withKey(server);
    while (System.nanoTime() < end) {
      for (Map.Entry<String, Integer> photo : stored.entrySet()) {
        if (System.nanoTime() > end) {
          return;
        }
        isWhole(visitor, photo);
        assertThat(visitor.get("/").status()).isIn(200, 503);
        assertThat(site.get("/api/photo/list?size=100&format=json").status()).isIn(200, 503);
        read.addAndGet(3);
      }
    }
  }

  private static void isWhole(ApiClient visitor, Map.Entry<String, Integer> photo) {
    Answer original = visitor.get(photo.getKey());
    if (original.status() != 503) {
      assertThat(Arrays.hashCode(original.body())).isEqualTo(photo.getValue());
    }
  }

  /** Begins uploads, and is gone in the middle. */
  private void leave() {
    while (System.nanoTime() < end) {
      for (TestedDoor door : TestedDoor.all(server)) {
        byte[] request = door.request();
        try (RawConnection connection = RawConnection.to(server)) {
          connection.send(Arrays.copyOf(request, request.length / 2));
          connection.reset();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        left.incrementAndGet();
      }
      pause();
    }
  }

  private void check() throws Exception {
    ApiClient visitor = ApiClient.of(server);
    stored.entrySet().forEach(photo -> isWhole(visitor, photo));
    assertThat(visitor.get("/health/ready").status()).isEqualTo(200);
    assertThat(server.log()).doesNotContain("OutOfMemoryError").doesNotContain(" ERROR ");
    try (DataFolder data = new DataFolder(server.data())) {
      assertThat(data.kept()).containsAll(data.mediaKeys());
      assertThat(data.mediaKeys().size()).isGreaterThanOrEqualTo(stored.size());
      assertThat(data.incoming()).allMatch(data.unfinished()::contains);
    }
  }
}
