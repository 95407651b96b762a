package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void namesTypes() {
    assertThat(Words.types(List.of("image/*", "video/*"))).isEqualTo("Photos and videos");
    assertThat(Words.types(List.of("image/jpeg", "image/png", "video/*")))
        .isEqualTo("JPEG, PNG and videos");
    assertThat(Words.types(List.of("video/*"))).isEqualTo("Videos");
  }

  @Test
  void namesSizes() {
    assertThat(Words.size(999)).isEqualTo("999 bytes");
    assertThat(Words.size(64_000)).isEqualTo("64 kB");
    assertThat(Words.size(5_000_000)).isEqualTo("5 MB");
    assertThat(Words.size(10L << 30)).isEqualTo("10.7 GB");
  }

  @Test
  void namesTimes() {
    assertThat(Words.left(Duration.ofSeconds(20))).isEqualTo("1 minute");
    assertThat(Words.left(Duration.ofMinutes(60))).isEqualTo("1 hour");
    assertThat(Words.left(Duration.ofMinutes(179))).isEqualTo("2 hours 59 minutes");
  }
}
