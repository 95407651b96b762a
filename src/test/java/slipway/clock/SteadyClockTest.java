package slipway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import slipway.harness.SetClock;

class SteadyClockTest {
  private final SetClock wall = new SetClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyClock clock = new SteadyClock(wall, nanos::get);
  private final Instant start = wall.instant();

  @Test
  void goesOnByTheTimeThatPasses() {
    assertThat(clock.instant()).isEqualTo(start);
    nanos.addAndGet(Duration.ofHours(3).toNanos());
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(3)));
  }

  @Test
  void saysWhatTheWallClockWillShow() {
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    wall.pass(Duration.ofHours(3));
    Instant moment = clock.instant().plusSeconds(10);
    assertThat(SteadyClock.shownBy(wall, clock, moment)).isEqualTo(wall.instant().plusSeconds(10));
  }

  @Test
  void doesNotJumpWithTheClockItWasSetBy() {
    wall.pass(Duration.ofDays(2));
    assertThat(clock.instant()).isEqualTo(start);
    wall.pass(Duration.ofDays(-9));
    assertThat(clock.instant()).isEqualTo(start);
  }
}
