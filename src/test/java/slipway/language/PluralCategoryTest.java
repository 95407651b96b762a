package slipway.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Tool;

class PluralCategoryTest {
  private static final long[] LARGE = {1_000_000, 1_000_001, 2_000_000, 12_345_678, 3_000_000_004L};

  @ParameterizedTest
  @CsvSource({
    "en, 0, OTHER",
    "en, 1, ONE",
    "en, 2, OTHER",
    "fr, 0, ONE",
    "fr, 1, ONE",
    "fr, 2, OTHER",
    "fr, 1000000, MANY",
    "pl, 1, ONE",
    "pl, 2, FEW",
    "pl, 5, MANY",
    "pl, 12, MANY",
    "pl, 21, MANY",
    "pl, 22, FEW",
    "cs, 1, ONE",
    "cs, 4, FEW",
    "cs, 5, OTHER",
    "cs, 22, OTHER",
    "uk, 1, ONE",
    "uk, 11, MANY",
    "uk, 21, ONE",
    "uk, 24, FEW",
    "uk, 112, MANY",
    "ar, 0, ZERO",
    "ar, 2, TWO",
    "ar, 103, FEW",
    "ar, 111, MANY",
    "ar, 100, OTHER",
    "ja, 1, OTHER",
    "zh, 1, OTHER",
  })
  void isThatOfTheLanguage(String language, long count, PluralCategory category) {
    assertThat(PluralCategory.of(language, count)).isEqualTo(category);
  }

  /** The uploader says numbers beside those of the page. */
  @Test
  void isThatOfBrowsers() throws IOException {
    String script =
        """
        const counts = [...Array(1200).keys(), %s];
        for (const language of '%s'.split(',')) {
          const rules = new Intl.PluralRules(language);
          console.log(language + ' ' + counts.map((count) => rules.select(count)).join(' '));
        }
        """
            .formatted(
                String.join(",", LongStream.of(LARGE).mapToObj(Long::toString).toList()),
                String.join(",", Language.all()));
    Process process =
        new ProcessBuilder(Tool.require("node").toString(), "--eval", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(lines)
        .containsExactlyElementsOf(
            Language.all().stream().map(PluralCategoryTest::categories).toList());
  }

  private static String categories(String language) {
    StringBuilder all = new StringBuilder(language);
    LongStream.concat(LongStream.range(0, 1200), LongStream.of(LARGE))
        .mapToObj(count -> PluralCategory.of(language, count).id())
        .forEach(category -> all.append(' ').append(category));
    return all.toString();
  }
}
