package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNameTest {
  @Test
  void keepsTheEndingOfALongName() {
    String longest = "\uD83D\uDE00".repeat(251) + ".jpg";
    assertThat(FileName.kept(longest)).isEqualTo(longest);
    assertThat(FileName.kept("\uD83D\uDE00".repeat(10_000) + ".jpg")).isEqualTo(longest);
    assertThat(FileName.kept("a." + "b".repeat(10_000))).isEqualTo("a." + "b".repeat(253));
    assertThat(FileName.kept("")).isEmpty();
  }
}
