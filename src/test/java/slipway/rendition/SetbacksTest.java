package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void holdsOneFileUpAndNoOther() {
    Setbacks setbacks = new Setbacks(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.isOver("a")).isFalse();
    assertThat(setbacks.isOver("b")).isTrue();
    setbacks.remove("a");
    assertThat(setbacks.isOver("a")).isTrue();
    assertThat(setbacks.count()).isZero();
  }

  @Test
  void pausesTwiceAsLongEachTimeUpToTenMinutes() {
    Setbacks setbacks = new Setbacks(Duration.ofSeconds(100));
    setbacks.add("a", 1);
    assertThat(setbacks.next(HOUR)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    setbacks.add("a", 1);
    assertThat(setbacks.next(HOUR)).isBetween(Duration.ofSeconds(190), Duration.ofSeconds(200));
    for (int i = 0; i < 100; i++) {
      setbacks.add("a", 6);
    }
    assertThat(setbacks.next(HOUR)).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
  }

  @Test
  void triesWhatEndsItsProgramAFewTimesADay() {
    Setbacks setbacks = new Setbacks(Duration.ofSeconds(10));
    Duration day = Duration.ofDays(1);
    setbacks.addRare("a", 6);
    assertThat(setbacks.next(day)).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
    Duration waited = setbacks.next(day);
    int tries = 1;
    while (waited.compareTo(day) < 0) {
      setbacks.addRare("a", 6);
      waited = waited.plus(setbacks.next(day));
      tries++;
    }
    assertThat(tries).isLessThan(10);
    for (int i = 0; i < 100; i++) {
      setbacks.addRare("a", 6);
    }
    assertThat(setbacks.next(day)).isBetween(Duration.ofHours(5), Duration.ofHours(6));
  }

  @Test
  void isLookedAtAgainNeitherAtOnceNorLaterThanAsked() {
    Setbacks setbacks = new Setbacks(Duration.ofNanos(10));
    assertThat(setbacks.next(HOUR)).isEqualTo(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.next(HOUR)).isEqualTo(Duration.ofNanos(1));
    assertThat(new Setbacks(HOUR).next(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }
}
