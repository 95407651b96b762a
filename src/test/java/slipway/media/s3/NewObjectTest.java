package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewObjectTest {
  @Test
  void hasShortPartsOfFilesThatPeopleSend() {
    assertThat(NewObject.partBytes(1L << 30)).isEqualTo(8L << 20);
    assertThat(NewObject.partBytes(70L << 30)).isEqualTo(8L << 20);
    assertThat(NewObject.partBytes(71L << 30)).isEqualTo(9L << 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100L << 30, (5L << 40) - 1, 1L << 46})
  void hasNeverMorePartsThanStoresTake(long size) {
    long parts = (size + NewObject.partBytes(size) - 1) / NewObject.partBytes(size);
    assertThat(parts).isLessThanOrEqualTo(9_000);
    assertThat(NewObject.partBytes(size) % (1L << 20)).isZero();
  }
}
