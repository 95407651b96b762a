package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderedIdTest {
  private static final Instant SOME = Instant.parse("2026-11-27T12:00:00Z");

  /** Rows that are written together are neighbours, though many are of one second. */
  @Test
  void followsTheTimeByLessThanAHundredthOfASecond() {
    String before = OrderedId.of(SOME, 12);
    assertThat(before).matches("[0-9a-f]{32}");
    assertThat(OrderedId.of(SOME.plusMillis(8), 12)).isGreaterThan(before);
    assertThat(OrderedId.of(SOME, 12).substring(0, 8)).isEqualTo(before.substring(0, 8));
    assertThat(OrderedId.of(SOME, 12)).isNotEqualTo(before);
  }

  /** Where the time starts over, ids stay as long as they are. */
  @Test
  void areOfOneLengthAtAnyTime() {
    for (int year = 0; year < 200; year++) {
      assertThat(OrderedId.of(Instant.ofEpochSecond(31_556_952L * year), 16)).hasSize(40);
    }
  }
}
