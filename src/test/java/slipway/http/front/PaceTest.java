package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pace.Watch watch = new Pace(100, Duration.ofSeconds(10)).watch();

  /** Seconds after which a body was too slow that brings so many bytes every so often; or -1. */
  private int slowAfter(int bytes, int everySeconds, int seconds) {
    for (int now = everySeconds; now <= seconds; now += everySeconds) {
      if (watch.isTooSlow(bytes, everySeconds * SECOND)) {
        return now;
      }
    }
    return -1;
  }

  @Test
  void countsNoBytesFromBeforeTheWindow() {
    assertThat(watch.isTooSlow(1_000_000, 0)).isFalse();
    assertThat(slowAfter(3, 5, 100)).isBetween(10, 15);
  }

  @Test
  void letsASteadySenderBeJustFastEnough() {
    assertThat(slowAfter(100, 1, 10_000)).isEqualTo(-1);
    assertThat(slowAfter(500, 5, 10_000)).isEqualTo(-1);
  }

  @Test
  void cutsASteadySenderThatIsTooSlow() {
    assertThat(slowAfter(80, 1, 10_000)).isBetween(10, 12);
  }

  @Test
  void takesABurstAfterALongPause() {
    assertThat(watch.isTooSlow(2_000, 60 * SECOND)).isFalse();
    assertThat(watch.isTooSlow(2_000, 9 * SECOND)).isFalse();
  }

  @Test
  void countsNoTimeThatWasNotWaited() {
    for (int i = 0; i < 1000; i++) {
      assertThat(watch.isTooSlow(1, 0)).isFalse();
    }
  }
}
