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
  void isLookedAtAgainNeitherAtOnceNorLaterThanAsked() {
    Setbacks setbacks = new Setbacks(Duration.ofNanos(10));
    assertThat(setbacks.next(HOUR)).isEqualTo(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.next(HOUR)).isEqualTo(Duration.ofNanos(1));
    assertThat(new Setbacks(HOUR).next(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }
}
