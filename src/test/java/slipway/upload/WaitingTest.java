package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.token.SampleToken;
import slipway.token.TestedRegistry;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRefusedException.Reason;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/** Requests wait for the uploads that hold the uses of their token. */
@OnEachDatabase
class WaitingTest {
  @Parameter TestedDatabase on;

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private final ExecutorService others = Executors.newCachedThreadPool();
  private Database database;
  private TokenRegistry tokens;
  private String token;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    tokens = TestedRegistry.on(on, database, clock);
    UploadToken issued = SampleToken.inNoAlbum(1, clock.instant());
    tokens.add(issued);
    token = issued.id();
  }

  @AfterEach
  void close() {
    others.shutdownNow();
    database.close();
  }

  private TokenRefusedException refusal() {
    try (TokenUse use = tokens.reserve(token)) {
      return null;
    } catch (TokenRefusedException e) {
      return e;
    }
  }

  private Reason waited(Waiting waiting, String address) throws Exception {
    TokenRefusedException last = waiting.retry(token, address, refusal(), this::refusal);
    return last == null ? null : last.reason();
  }

  @Test
  void getsTheUseThatIsReturned() throws Exception {
    TokenUse use = tokens.reserve(token);
    CountDownLatch tried = new CountDownLatch(1);
    Future<TokenRefusedException> waiting =
        others.submit(
            () ->
                new Waiting(tokens, LONG)
                    .retry(
                        token,
                        "192.0.2.1",
                        refusal(),
                        () -> {
                          tried.countDown();
                          return refusal();
                        }));
    tried.await();
    assertThat(waiting.isDone()).isFalse();
    use.close();
    assertThat(waiting.get()).isNull();
  }

  /** The upload that holds the use began in time. */
  @Test
  void waitsThoughTheTokenHasExpiredMeanwhile() throws Exception {
    try (TokenUse use = tokens.reserve(token)) {
      clock.pass(Duration.ofDays(2));
      assertThat(waited(new Waiting(tokens, Duration.ofMillis(200)), "a"))
          .isEqualTo(Reason.EXPIRED);
      assertThat(use.token().id()).isEqualTo(token);
    }
    long start = System.nanoTime();
    assertThat(waited(new Waiting(tokens, LONG), "a")).isEqualTo(Reason.EXPIRED);
    assertThat(System.nanoTime() - start).as("nothing to wait for").isLessThan(LONG.toNanos());
  }

  @Test
  void waitsNoLongerThanItsPatience() throws Exception {
    try (TokenUse use = tokens.reserve(token)) {
      assertThat(waited(new Waiting(tokens, Duration.ofMillis(10)), "a")).isEqualTo(Reason.IN_USE);
      assertThat(use.token().id()).isEqualTo(token);
    }
  }

  @Test
  void letsFourWaitForOneTokenAndTellsTheRestAtOnce() throws Exception {
    Waiting waiting = new Waiting(tokens, LONG);
    CountDownLatch wait = new CountDownLatch(4);
    TokenUse use = tokens.reserve(token);
    TokenRefusedException inUse = refusal();
    for (int i = 0; i < 4; i++) {
      var unused =
          others.submit(
              () ->
                  waiting.retry(
                      token,
                      "192.0.2.1",
                      inUse,
                      () -> {
                        wait.countDown();
                        return inUse;
                      }));
    }
    wait.await();
    assertThat(waited(waiting, "192.0.2.2")).isEqualTo(Reason.IN_USE);
    use.close();
  }
}
