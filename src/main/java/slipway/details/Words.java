package slipway.details;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that a search uses: runs of letters and digits without case and accents. Scripts
 * without spaces (Han, kana) give a word for each character.
 */
public final class Words {
  /** Words of one photo that are found, at most; the first ones count. */
  static final int MOST = 500;

  private static final int LONGEST = 64;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{N}&&"
              + "[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+");

  private Words() {}

  /** The words of a text, each once, in order. */
  public static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    String apart = Normalizer.normalize(Folding.fold(text), Normalizer.Form.NFKD);
    String letters = MARKS.matcher(apart).replaceAll("");
    Matcher matcher = WORD.matcher(letters);
    while (matcher.find() && words.size() < MOST) {
      String word = matcher.group();
      words.add(word.length() > LONGEST ? cut(word) : word);
    }
    return words;
  }

  /** Whether this word, from an earlier version, is folded differently now. */
  public static boolean isFoldedOtherwise(String word) {
    return !word.chars().allMatch(c -> c < 0x80) && !of(word).equals(Set.of(word));
  }

  /** Never cuts a character in two. */
  private static String cut(String word) {
    boolean midst = Character.isHighSurrogate(word.charAt(LONGEST - 1));
    return word.substring(0, midst ? LONGEST - 1 : LONGEST);
  }
}
