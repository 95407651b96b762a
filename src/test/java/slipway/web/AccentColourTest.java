package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccentColourTest {
  private static final Pattern NEEDED =
      Pattern.compile(
          "--pico-primary: (\\S+);|--pico-primary-hover: (\\S+);|--slipway-link: (\\S+);");
  private static final Pattern BUTTON =
      Pattern.compile(
          "--pico-primary(?:-hover)?-background: (\\S+);|--slipway-accent-hover: (\\S+);");
  private static final Pattern WORDS = Pattern.compile("--slipway-accent-text: (\\S+);");

  /** The lightest, the darkest, those between, and one that neither white nor black suits well. */
  @ParameterizedTest
  @ValueSource(
      strings = {"#ffffff", "#000000", "#ffd500", "#0b6bcb", "#ff0000", "#00ff00", "#777777"})
  void canBeReadOnLightAndDarkPages(String colour) {
    String css = css(colour);
    String light = css.substring(0, css.indexOf("@media"));
    String dark = css.substring(css.indexOf("@media"));
    for (String ground : List.of("#ffffff", "#f3f4f6", "#f4f8fc")) {
      isReadable(all(NEEDED, light), ground);
    }
    for (String ground : List.of("#13161e", "#1c212b", "#1d2833", "#18212a")) {
      isReadable(all(NEEDED, dark), ground);
    }
    isReadable(all(BUTTON, light), all(WORDS, light).get(0));
    isReadable(all(BUTTON, dark), all(WORDS, dark).get(0));
  }

  private static void isReadable(List<String> colours, String ground) {
    assertThat(colours).isNotEmpty();
    assertThat(colours)
        .allSatisfy(
            each -> assertThat(rgb(each).contrast(rgb(ground))).isGreaterThanOrEqualTo(4.5));
  }

  private static List<String> all(Pattern pattern, String css) {
    return pattern.matcher(css).results().map(AccentColourTest::group).toList();
  }

  private static String group(MatchResult found) {
    for (int i = 1; i <= found.groupCount(); i++) {
      if (found.group(i) != null) {
        return found.group(i);
      }
    }
    throw new IllegalStateException();
  }

  private static Rgb rgb(String hex) {
    return Rgb.of(Integer.parseInt(hex.substring(1), 16));
  }

  private static String css(String colour) {
    byte[] css = AccentColour.of(colour).orElseThrow().css().bytes();
    return new String(css, StandardCharsets.UTF_8);
  }

  @Test
  void isThatOfTheSiteOnButtonsAndWhereItCanBeRead() {
    assertThat(css("#0b6bcb"))
        .contains("--pico-primary-background: #0b6bcb;", "--pico-primary: #0b6bcb;");
    assertThat(css("#FFD500")).contains("--pico-primary-background: #ffd500;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0b6bcb", "#0b6bcbff", "#xyzxyz", "blue", "#000;}body{display:none"})
  void isOfSixHexDigits(String text) {
    assertThat(AccentColour.of(text)).isEmpty();
  }

  /** Values of WCAG's own examples. */
  @Test
  void measuresContrastAsWcagDoes() {
    assertThat(Rgb.WHITE.contrast(Rgb.BLACK)).isEqualTo(21);
    assertThat(Rgb.of(0x777777).contrast(Rgb.WHITE)).isBetween(4.47, 4.48);
    assertThat(Rgb.of(0x767676).contrast(Rgb.WHITE)).isBetween(4.54, 4.55);
  }
}
