package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration INSTANT = Duration.ofNanos(10);

  private final Set<String> gone = new HashSet<>();
  private final AtomicInteger mostAsked = new AtomicInteger();

  private Setbacks setbacks(Duration firstPause) {
    return new Setbacks(firstPause, this::still);
  }

  private List<String> still(Collection<String> mediaKeys) {
    mostAsked.accumulateAndGet(mediaKeys.size(), Math::max);
    return mediaKeys.stream().filter(one -> !gone.contains(one)).toList();
  }

  @Test
  void holdsOneFileUpAndNoOther() {
    Setbacks setbacks = setbacks(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.isOver("a")).isFalse();
    assertThat(setbacks.isOver("b")).isTrue();
    setbacks.remove("a");
    assertThat(setbacks.isOver("a")).isTrue();
    assertThat(setbacks.count()).isZero();
  }

  @Test
  void pausesTwiceAsLongEachTimeUpToTenMinutes() {
    Setbacks setbacks = setbacks(Duration.ofSeconds(100));
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
    Setbacks setbacks = setbacks(Duration.ofSeconds(10));
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
    Setbacks setbacks = setbacks(INSTANT);
    assertThat(setbacks.next(HOUR)).isEqualTo(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.next(HOUR)).isEqualTo(Duration.ofNanos(1));
    assertThat(setbacks(HOUR).next(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void forgetsWhatIsGoneBeforeAndAfterItsPause() {
    for (Duration firstPause : List.of(HOUR, INSTANT)) {
      Setbacks setbacks = setbacks(firstPause);
      setbacks.add("gone", 1);
      setbacks.addRare("goneToo", 1);
      setbacks.review();
      assertThat(setbacks.count()).isEqualTo(2);
      gone.addAll(List.of("gone", "goneToo"));
      setbacks.review();
      assertThat(setbacks.count()).isZero();
      assertThat(setbacks.next(HOUR)).as("no need to look sooner").isEqualTo(HOUR);
      gone.clear();
    }
  }

  @Test
  void keepsWhatIsThereWithItsPause() {
    Setbacks setbacks = setbacks(HOUR);
    setbacks.add("there", 1);
    setbacks.add("gone", 1);
    gone.add("gone");
    setbacks.review();
    assertThat(setbacks.isOver("there")).isFalse();
    assertThat(setbacks.isOver("gone")).isTrue();
    assertThat(setbacks.count()).isEqualTo(1);
  }

  @Test
  void asksAboutABoundedNumberAtATimeAndComesToAll() {
    Setbacks setbacks = setbacks(INSTANT);
    IntStream.range(0, 1100).mapToObj(String::valueOf).forEach(one -> setbacks.add(one, 1));
    gone.addAll(IntStream.range(0, 1100).mapToObj(String::valueOf).toList());
    for (int look = 0; look < 3; look++) {
      assertThat(setbacks.count()).isPositive();
      setbacks.review();
    }
    assertThat(setbacks.count()).isZero();
    assertThat(mostAsked).hasValue(500);
  }

  @Test
  void asksNobodyAsLongAsNothingIsSetBack() {
    setbacks(HOUR).review();
    assertThat(mostAsked).hasValue(0);
  }

  @Test
  void knowsAfterAnAttemptWhetherItMattered() {
    Setbacks setbacks = setbacks(HOUR);
    setbacks.add("a", 1);
    assertThat(setbacks.isMoot("a")).isFalse();
    assertThat(setbacks.count()).isEqualTo(1);
    gone.add("a");
    assertThat(setbacks.isMoot("a")).isTrue();
    assertThat(setbacks.count()).isZero();
  }

  @Test
  void takesNothingForGoneWhileThatIsUnknown() {
    Setbacks setbacks =
        new Setbacks(
            HOUR,
            keys -> {
              throw new IllegalStateException("as a test has it");
            });
    setbacks.add("a", 1);
    assertThat(setbacks.isMoot("a")).isFalse();
    assertThat(setbacks.isOver("a")).isFalse();
  }
}
