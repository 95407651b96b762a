package slipway.details;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form in which names are compared, sorted and searched: without case, and the same however a
 * character was written. It is made here and kept in columns of its own, as each database folds
 * differently, SQLite ASCII only.
 *
 * <p>Unicode NFKC: that one key writes an accent with its letter and another after it, or a letter
 * in full width, is no difference to people. Accents stay: {@code å} and {@code a} are two letters.
 * Case goes by upper case and back, a character at a time: {@code ß}, {@code ẞ} and {@code ss} are
 * one, and so are the two small sigmas, and {@code i} with a dot or without, in every language.
 */
public final class Folding {
  /** Accents on one letter, at most: sorting many takes quadratic time. */
  private static final Pattern MANY_MARKS = Pattern.compile("(\\p{M}{30})\\p{M}+");

  private Folding() {}

  /** The form in which a text is compared. Takes time in proportion to its length. */
  public static String fold(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String lower = lower(normal(MANY_MARKS.matcher(text).replaceAll("$1")));
    return normal(lower(normal(lower.toUpperCase(Locale.ROOT))));
  }

  /**
   * The form that a long text is sorted by: of its beginning.
   *
   * @param most UTF-16 units, at most
   */
  public static String start(String text, int most) {
    // Also cut before folding, so that a long text costs little.
    return cut(fold(cut(text, most)), most);
  }

  /** Never cuts a character in two. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** The form of a search text; empty where there is none. */
  public static String search(String text) {
    return fold(text).strip();
  }

  /** A text that sorts after all texts that begin with this one. */
  public static String end(String prefix) {
    return prefix + Character.toString(Character.MAX_CODE_POINT);
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /**
   * Character by character, as the lower case of a whole text has another sigma at the end of a
   * word.
   */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return lower.toString();
  }
}
