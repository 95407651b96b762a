package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PhotoTokenTest {
  private static final int SOME = 20_000;
  private static final int LETTERS = 62;

  /** No letter comes more often than another, which would make secrets easier to guess. */
  @Test
  void hasEachLetterAsOften() {
    Map<Integer, Integer> counts = new TreeMap<>();
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < SOME; i++) {
      String token = PhotoToken.random();
      assertThat(token).matches("[A-Za-z0-9]{32}");
      tokens.add(token);
      token.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
    }
    assertThat(tokens).hasSize(SOME);
    assertThat(counts).hasSize(LETTERS);
    int even = SOME * 32 / LETTERS;
    // Ten times the standard deviation.
    assertThat(counts.values()).allMatch(count -> Math.abs(count - even) < 10 * Math.sqrt(even));
  }
}
