package slipway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.SetClock;

class ClockWatchTest {
  private final SetClock wall = new SetClock();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private ClockWatch startedAfter(Duration away) {
    Instant told = wall.instant();
    wall.pass(away);
    return new ClockWatch(wall, told, nanos::get);
  }

  private void pass(Duration time) {
    wall.pass(time);
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void believesAClockThatGoesWithTheTimeThatPasses() {
    ClockWatch watch = new ClockWatch(wall, null, nanos::get);
    pass(Duration.ofDays(1));
    assertThat(watch.believed()).contains(wall.instant());
    wall.pass(Duration.ofSeconds(40));
    assertThat(watch.believed()).as("slewed in a day").contains(wall.instant());
    assertThat(watch.passed()).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT26H", "PT-2H", "P40D", "PT2M", "PT-61S"})
  void doubtsAClockThatWasMovedForAnHourOfTheTimeThatPasses(Duration moved) {
    ClockWatch watch = new ClockWatch(wall, null, nanos::get);
    wall.pass(moved);
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofMinutes(59));
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(watch.believed()).as("as a machine that slept").contains(wall.instant());
  }

  @Test
  void beginsTheHourAnewWhenTheClockIsPutBack() {
    ClockWatch watch = new ClockWatch(wall, null, nanos::get);
    wall.pass(Duration.ofHours(26));
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofMinutes(50));
    wall.pass(Duration.ofHours(-26));
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofMinutes(50));
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofMinutes(10));
    assertThat(watch.believed()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT5M", "PT-30S", "PT1H"})
  void believesAClockThatIsWhereARestartLeavesIt(Duration away) {
    assertThat(startedAfter(away).believed()).contains(wall.instant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT61M", "P21D", "PT-2M", "P-40D"})
  void doubtsAClockThatIsFarFromTheLastTimeForAnHour(Duration away) {
    ClockWatch watch = startedAfter(away);
    assertThat(watch.believed()).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(watch.believed()).contains(wall.instant());
  }
}
