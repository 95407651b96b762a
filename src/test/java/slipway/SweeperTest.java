package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SweeperTest {
  @Test
  void sweepsAgainAfterASweepThatEndedInAnError() throws InterruptedException {
    CountDownLatch sweeps = new CountDownLatch(3);
    try (Sweeper sweeper = new Sweeper("things", () -> sweep(sweeps), Duration.ofMillis(1))) {
      assertThat(sweeps.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(sweeper.isWell()).isTrue();
      assertThat(sweeper.loopName()).isEqualTo("sweep of things");
    }
  }

  @Test
  void isNotWellWhileASweepIsStuck() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Duration most = Duration.ofMillis(50);
    try (Sweeper sweeper =
        new Sweeper("things", () -> stick(begun, go), Duration.ofMillis(1), most)) {
      begun.await();
      for (int i = 0; i < 3000 && sweeper.isWell(); i++) {
        Thread.sleep(10);
      }
      assertThat(sweeper.isWell()).isFalse();
      go.countDown();
      for (int i = 0; i < 3000 && !sweeper.isWell(); i++) {
        Thread.sleep(10);
      }
      assertThat(sweeper.isWell()).isTrue();
    }
  }

  private static int stick(CountDownLatch begun, CountDownLatch go) {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static int sweep(CountDownLatch sweeps) {
    sweeps.countDown();
    if (sweeps.getCount() == 2) {
      throw new OutOfMemoryError("as a test has it");
    }
    if (sweeps.getCount() == 1) {
      throw new IllegalStateException("as a test has it");
    }
    return 1;
  }
}
