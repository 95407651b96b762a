package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
  @ParameterizedTest
  @CsvSource({
    "Harbour 12, HARBOUR 12",
    "ÆRØ, ærø",
    "Øystein, øYSTEIN",
    "Straße, STRASSE",
    "Straße, STRAẞE",
    "ΟΔΟΣ, οδος",
    "ΟΔΟΣ, οδοσ",
    "İstanbul, ISTANBUL",
    "ısı, ISI",
    "ﬁn, FIN",
    "Ａｂｃ１, aBC1",
    "Å, å", // The sign of a unit, and the letter.
    "ǅ, Ǆ",
    "Привет, пРИВЕТ",
    "ᾼ, ᾳ",
    "Ꭰ, ꭰ",
  })
  void isOneForTextsThatDifferInCaseOrFormOnly(String one, String other) {
    assertThat(Folding.fold(one)).isEqualTo(Folding.fold(other));
    assertThat(Folding.fold(Normalizer.normalize(one, Normalizer.Form.NFD)))
        .isEqualTo(Folding.fold(Normalizer.normalize(other, Normalizer.Form.NFC)));
  }

  @ParameterizedTest
  @CsvSource({"Å, A", "ø, o", "é, e", "product:1, product:2", "a b, ab"})
  void tellsLettersApart(String one, String other) {
    assertThat(Folding.fold(one)).isNotEqualTo(Folding.fold(other));
  }

  @Test
  void isOneForEveryCharacterInAllItsCasesAndForms() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .filter(c -> isCharacter(c) || c % 97 == 0)
        .forEach(FoldingTest::check);
  }

  /** Of the million code points three in four are none, and so have no cases. */
  private static boolean isCharacter(int codePoint) {
    return Character.isDefined(codePoint) && Character.getType(codePoint) != Character.PRIVATE_USE;
  }

  private static void check(int character) {
    String text = Character.toString(character);
    String folded = Folding.fold(text);
    List<String> same =
        List.of(
            text.toUpperCase(Locale.ROOT),
            text.toLowerCase(Locale.ROOT),
            Character.toString(Character.toTitleCase(character)),
            Normalizer.normalize(text, Normalizer.Form.NFC),
            Normalizer.normalize(text, Normalizer.Form.NFD),
            folded);
    for (String one : same) {
      if (!Folding.fold(one).equals(folded)) {
        throw new AssertionError(Integer.toHexString(character) + " as " + one);
      }
    }
  }

  @Test
  void sortsByLetterAndNotByCase() {
    assertThat(sorted("Zebra", "äpple", "Åse", "apple", "Ørn", "zoo"))
        .containsExactly("apple", "Zebra", "zoo", "äpple", "Åse", "Ørn");
  }

  private static List<String> sorted(String... texts) {
    return Arrays.stream(texts)
        .sorted((a, b) -> Folding.fold(a).compareTo(Folding.fold(b)))
        .toList();
  }

  @Test
  void keepsAccentsThatTextsHaveAndDropsAHeapOfThem() {
    String heap = "a" + "\u0301\u0316".repeat(100_000) + "b";
    assertThat(Folding.fold(heap)).hasSizeLessThan(40).startsWith("\u00e1").endsWith("b");
  }

  @Test
  void findsNothingToSearchInSpacesOnly() {
    assertThat(Folding.search(" \u00a0\t")).isEmpty();
    assertThat(Folding.search(" A! ")).isEqualTo("a!");
  }
}
