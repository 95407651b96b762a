package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegalTextTest {
  @Test
  void leavesWhatXmlCanHold() {
    for (String text :
        new String[] {"", " ", "a text", "\uD7FF", "\uE000\uFFFD", "a\tb\r\n", "\uD83D\uDE00"}) {
      assertThat(LegalText.of(text)).isEqualTo(text);
    }
  }

  @Test
  void replacesWhatXmlCannotHold() {
    assertThat(LegalText.of("a\u0000b\u001F\u000Bc")).isEqualTo("a\uFFFDb\uFFFD\uFFFDc");
    assertThat(LegalText.of("\uD83D and \uDE00")).isEqualTo("\uFFFD and \uFFFD");
    assertThat(LegalText.of("\uFFFE\uFFFFz")).isEqualTo("\uFFFD\uFFFDz");
  }
}
