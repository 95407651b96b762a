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
