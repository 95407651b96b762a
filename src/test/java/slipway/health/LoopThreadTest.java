package slipway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopThreadTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Even one that cannot be reported, as its own message ends in an error. */
  private static final class Nasty extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("as a test has it");
    }
  }

  @Test
  void goesOnWhateverATurnThrows() {
    AtomicInteger turns = new AtomicInteger();
    LoopThread thread =
        new LoopThread(
            "test",
            () -> {
              switch (turns.incrementAndGet()) {
                case 1 -> throw new OutOfMemoryError("as a test has it");
                case 2 -> throw new Nasty();
                case 3 -> throw new InterruptedException("as a test has it");
                default -> {
                  return false;
                }
              }
            });
    assertThat(thread.isAlive()).as("before its start").isTrue();
    assertThat(thread.start().join(LONG)).isTrue();
    assertThat(turns).hasValue(4);
    assertThat(thread.isAlive()).as("after its end").isTrue();
  }

  @Test
  void tellsHowLongItIsAtATurn() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    LoopThread thread = new LoopThread("test", () -> !go.await(30, TimeUnit.SECONDS)).start();
    while (thread.turnTime().compareTo(Duration.ofMillis(20)) < 0) {
      Thread.sleep(1);
    }
    assertThat(thread.join(Duration.ofMillis(10))).isFalse();
    go.countDown();
    assertThat(thread.join(LONG)).isTrue();
    assertThat(thread.turnTime()).isZero();
  }
}
