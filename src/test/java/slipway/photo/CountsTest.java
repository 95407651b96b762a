package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import slipway.db.Counts;
import slipway.harness.SetClock;

class CountsTest {
  private final SetClock clock = new SetClock();
  private final Counts<PhotoFilter> counts = new Counts<>(clock, PhotoFilter::chars);

  private static PhotoFilter of(int number, int chars) {
    return PhotoFilter.PUBLISHED.tagged(List.of("x".repeat(chars), "" + number), true);
  }

  @Test
  void areForgottenAfterAWhile() {
    counts.put(of(1, 10), 7, Duration.ZERO);
    assertThat(counts.find(of(1, 10))).contains(7L);
    clock.pass(Counts.FRESH);
    assertThat(counts.find(of(1, 10))).isEmpty();
  }

  @Test
  void areKeptTheLongerTheLongerTheyTook() {
    counts.put(of(1, 10), 7, Duration.ofSeconds(1));
    clock.pass(Duration.ofSeconds(29));
    assertThat(counts.find(of(1, 10))).contains(7L);
    clock.pass(Duration.ofSeconds(1));
    assertThat(counts.find(of(1, 10))).isEmpty();
  }

  @Test
  void countFewEachTimeAndManyNowAndThen() {
    List<Long> bounds = new ArrayList<>();
    LongUnaryOperator few = most -> Math.min(most, Counts.EXACT);
    LongUnaryOperator many =
        most -> {
          bounds.add(most);
          return Math.min(most, 1_000_000);
        };
    assertThat(counts.of(of(1, 1), few)).isEqualTo(Counts.EXACT);
    assertThat(counts.of(of(1, 1), many)).isEqualTo(1_000_000);
    assertThat(counts.of(of(1, 1), many)).isEqualTo(1_000_000);
    assertThat(bounds).containsExactly(Counts.EXACT + 1L, Long.MAX_VALUE);
  }

  @Test
  void holdFiltersOfABoundedSizeInAll() {
    for (int i = 0; i < 1000; i++) {
      counts.put(of(i, 2000), i, Duration.ZERO);
      counts.put(of(i, 2000), i, Duration.ZERO);
      assertThat(counts.chars()).isLessThanOrEqualTo(Counts.MOST_CHARS);
    }
    assertThat(counts.find(of(999, 2000))).contains(999L);
    assertThat(counts.find(of(1, 2000))).as("the oldest are forgotten").isEmpty();
    long before = counts.chars();
    counts.put(of(1, Counts.MOST_CHARS), 1, Duration.ZERO);
    assertThat(counts.chars()).isEqualTo(before);
    for (int i = 0; i < 3000; i++) {
      counts.put(of(i, 1), i, Duration.ZERO);
    }
    assertThat(counts.chars()).isEqualTo(1000 * 5);
  }
}
