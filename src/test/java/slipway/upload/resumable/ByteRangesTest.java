package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {
  private static final long LARGE = 1L << 50;

  @ParameterizedTest
  @CsvSource({
    "10, 20, 0, 'alone', '10-20,30-40,50-60'",
    "20, 30, 10, 'between two, adjacent to both', '10-40,50-60'",
    "22, 28, 6, 'between two, adjacent to none', '10-20,22-28,30-40,50-60'",
    "5, 10, 5, 'adjacent to the first', '5-20,30-40,50-60'",
    "60, 61, 1, 'adjacent to the last', '10-20,30-40,50-61'",
    "15, 35, 10, 'overlapping two', '10-40,50-60'",
    "12, 18, 0, 'within one', '10-20,30-40,50-60'",
    "10, 20, 0, 'the same as one', '10-20,30-40,50-60'",
    "0, 100, 70, 'over all', '0-100'",
    "35, 55, 10, 'overlapping the last two', '10-20,30-60'",
    "45, 45, 0, 'empty', '10-20,30-40,50-60'",
    "50, 40, 0, 'backwards', '10-20,30-40,50-60'"
  })
  void countsOnlyNewBytes(long first, long end, long fresh, String how, String after) {
    ByteRanges ranges = ByteRanges.parse("10-20,30-40,50-60");
    assertThat(ranges.add(first, end)).as(how).isEqualTo(fresh);
    assertThat(ranges).as(how).hasToString(after);
    assertThat(ranges.total()).as(how).isEqualTo(30 + fresh);
  }

  @Test
  void tellsWhichBytesAreThere() {
    ByteRanges ranges = ByteRanges.parse("0-10,20-30");
    assertThat(ranges.covers(0, 10)).isTrue();
    assertThat(ranges.covers(3, 7)).isTrue();
    assertThat(ranges.covers(20, 30)).isTrue();
    assertThat(ranges.covers(0, 11)).isFalse();
    assertThat(ranges.covers(9, 21)).isFalse();
    assertThat(ranges.covers(10, 20)).isFalse();
    assertThat(ranges.covers(30, 31)).isFalse();
    assertThat(ranges.covers(15, 15)).as("no byte").isTrue();
  }

  @Test
  void tellsHowFarTheStartIsWhole() {
    ByteRanges ranges = new ByteRanges();
    assertThat(ranges.prefix()).isZero();
    ranges.add(5, 9);
    assertThat(ranges.prefix()).isZero();
    assertThat(ranges.end()).isEqualTo(9);
    ranges.add(0, 5);
    assertThat(ranges.prefix()).isEqualTo(9);
    assertThat(ranges.count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0-1", "0-1,2-3", "7-1125899906842624"})
  void readsWhatItWrote(String text) {
    assertThat(ByteRanges.parse(text)).hasToString(text);
  }

  @Test
  void bearsTheLargestFiles() {
    ByteRanges ranges = new ByteRanges();
    assertThat(ranges.add(LARGE - 1, LARGE)).isOne();
    assertThat(ranges.add(0, LARGE)).isEqualTo(LARGE - 1);
    assertThat(ranges.covers(0, LARGE)).isTrue();
    assertThat(ranges.prefix()).isEqualTo(LARGE);
  }

  @Test
  void agreesWithASetOfBytesWhateverIsAdded() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      ByteRanges ranges = new ByteRanges();
      BitSet bytes = new BitSet();
      for (int i = 0; i < 30; i++) {
        int first = random.nextInt(100);
        int end = first + random.nextInt(20);
        int before = bytes.cardinality();
        bytes.set(first, end);
        assertThat(ranges.add(first, end)).isEqualTo(bytes.cardinality() - before);
        assertThat(ranges.total()).isEqualTo(bytes.cardinality());
        assertThat(ranges.prefix()).isEqualTo(bytes.nextClearBit(0));
        assertThat(ranges.end()).isEqualTo(bytes.length());
        assertThat(ranges.covers(first, 100)).isEqualTo(bytes.nextClearBit(first) >= 100);
      }
      assertThat(ByteRanges.parse(ranges.toString())).hasToString(ranges.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, '10-20,30-40,50-60'",
    "0, 11, '11-20,30-40,50-60'",
    "12, 18, '10-12,18-20,30-40,50-60'",
    "15, 35, '10-15,35-40,50-60'",
    "15, 55, '10-15,55-60'",
    "30, 40, '10-20,50-60'",
    "20, 30, '10-20,30-40,50-60'",
    "0, 100, ''",
    "35, 35, '10-20,30-40,50-60'"
  })
  void removesBytes(long first, long end, String after) {
    ByteRanges ranges = ByteRanges.parse("10-20,30-40,50-60");
    ranges.remove(first, end);
    assertThat(ranges).hasToString(after);
  }

  @Test
  void agreesWithASetOfBytesWhateverIsRemoved() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      ByteRanges ranges = new ByteRanges();
      BitSet bytes = new BitSet();
      for (int i = 0; i < 30; i++) {
        int first = random.nextInt(100);
        int end = first + random.nextInt(30);
        if (random.nextBoolean()) {
          bytes.set(first, end);
          ranges.add(first, end);
        } else {
          bytes.clear(first, end);
          ranges.remove(first, end);
        }
        assertThat(ranges.total()).isEqualTo(bytes.cardinality());
        for (int one = 0; one < 130; one++) {
          assertThat(ranges.covers(one, one + 1)).isEqualTo(bytes.get(one));
        }
      }
    }
  }
}
