package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.harness.SetClock;

class CountsTest {
  private final SetClock clock = new SetClock();
  private final Counts counts = new Counts(clock);

  private static PhotoFilter of(int number, int chars) {
    return PhotoFilter.PUBLISHED.tagged(List.of("x".repeat(chars), "" + number), true);
  }

  @Test
  void areForgottenAfterAWhile() {
    counts.put(of(1, 10), 7);
    assertThat(counts.find(of(1, 10))).contains(7L);
    clock.pass(Counts.FRESH);
    assertThat(counts.find(of(1, 10))).isEmpty();
  }

  @Test
  void holdFiltersOfABoundedSizeInAll() {
    for (int i = 0; i < 1000; i++) {
      counts.put(of(i, 2000), i);
      counts.put(of(i, 2000), i);
      assertThat(counts.chars()).isLessThanOrEqualTo(Counts.MOST_CHARS);
    }
    assertThat(counts.find(of(999, 2000))).contains(999L);
    assertThat(counts.find(of(1, 2000))).as("the oldest are forgotten").isEmpty();
    long before = counts.chars();
    counts.put(of(1, Counts.MOST_CHARS), 1);
    assertThat(counts.chars()).isEqualTo(before);
    for (int i = 0; i < 3000; i++) {
      counts.put(of(i, 1), i);
    }
    assertThat(counts.chars()).isEqualTo(1000 * 5);
  }
}
