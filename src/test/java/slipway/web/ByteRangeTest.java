package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=90-, 90, 10",
    "bytes=90-1000, 90, 10",
    "bytes=-10, 90, 10",
    "bytes=-1000, 0, 100",
    "bytes=0-0, 0, 1",
  })
  void readsEveryFormOfOneRange(String header, long first, long length) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange(first, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=1000-2000", "bytes=-0"})
  void tellsARangeWithNoByteOfTheFile(String header) {
    assertThat(ByteRange.of(header, 100).isUnsatisfiable()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"bytes=-", "bytes=9-0", "items=0-1", "bytes=0-1,5-6", "bytes=a-b", "0-1"})
  void ignoresWhatIsNotOneRange(String header) {
    assertThat(ByteRange.of(header, 100)).isNull();
  }
}
