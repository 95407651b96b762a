package slipway.details;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A day at the Harbour | a day at the harbour",
        "Crème brûlée, ÉTÉ 2026! | creme brulee ete 2026",
        "product:1234_b | product 1234 b",
        "one two One TWO | one two",
        "ﬁne ½ Ⅳ | fine 1 2 iv",
        "東京tower写真 | 東 京 tower 写 真",
        "Привет, мир | привет мир",
        "Straße STRASSE | strasse",
        "ΟΔΟΣ οδος | οδοσ",
        "ÆRØ Øystein | ærø øystein",
        "DİL ısı | dil isi",
        "'- !' | ''",
      })
  void splitsATextIntoWordsWithoutCaseAndAccents(String text, String words) {
    assertThat(String.join(" ", Words.of(text))).isEqualTo(words);
  }

  @Test
  void findsTheSameWordHoweverItsAccentIsWritten() {
    assertThat(Words.of("e\u0301t\u00e9")).containsExactly("ete");
  }

  @Test
  void cutsLongWordsAndTakesTheFirst500() {
    assertThat(Words.of("x".repeat(1000))).containsExactly("x".repeat(64));
    assertThat(Words.of("x" + "\ud801\udc28".repeat(40)))
        .containsExactly("x" + "\ud801\udc28".repeat(31));
    String many = IntStream.range(0, 600).mapToObj(i -> "w" + i).collect(joining(" "));
    assertThat(Words.of(many)).hasSize(500).contains("w499").doesNotContain("w500");
  }
}
