package slipway.language;

import java.util.Locale;

/**
 * The plural form of a text that contains a whole number, by the plural rules of CLDR 48
 * (cardinals, https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html) for
 * the languages of {@link Language}. Categories that contain only fractions are left out.
 */
enum PluralCategory {
  ZERO,
  ONE,
  TWO,
  FEW,
  MANY,
  OTHER;

  private static final long MILLION = 1_000_000;

  /** The suffix of a text's key. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The category of a number in a language.
   *
   * @param language as ISO 639 names it
   * @param count not below 0
   */
  static PluralCategory of(String language, long count) {
    return switch (language) {
      case "ja", "zh" -> OTHER;
      case "fr", "pt" -> count <= 1 ? ONE : romance(count);
      case "es", "it" -> count == 1 ? ONE : romance(count);
      case "cs" -> count == 1 ? ONE : isFew(count) && count < 10 ? FEW : OTHER;
      case "pl" -> count == 1 ? ONE : isFew(count) ? FEW : MANY;
      case "uk" -> count % 10 == 1 && count % 100 != 11 ? ONE : isFew(count) ? FEW : MANY;
      case "ar" -> arabic(count);
      default -> count == 1 ? ONE : OTHER;
    };
  }

  /** "1,000,000 de photos". */
  private static PluralCategory romance(long count) {
    return count != 0 && count % MILLION == 0 ? MANY : OTHER;
  }

  /** 2 to 4, 22 to 24 and so on, but not 12 to 14. */
  private static boolean isFew(long count) {
    long last = count % 10;
    return last >= 2 && last <= 4 && (count % 100 < 12 || count % 100 > 14);
  }

  private static PluralCategory arabic(long count) {
    if (count <= 2) {
      return values()[(int) count];
    }
    long rest = count % 100;
    return rest >= 3 && rest <= 10 ? FEW : rest >= 11 ? MANY : OTHER;
  }
}
