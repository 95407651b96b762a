package slipway.details;

/**
 * How long the texts about a photo or album may be. Characters are Unicode code points.
 *
 * @param title characters of a title
 * @param description characters of a description, its tags of HTML included
 * @param tags tags of one photo
 * @param tag characters of a tag
 */
public record TextLimits(int title, int description, int tags, int tag) {
  /** The default limits. */
  public static final TextLimits DEFAULT = new TextLimits(500, 20_000, 100, 100);

  /** The characters that separate two tags in a list: quotes, and a space or comma. */
  private static final int AROUND_TAG = 4;

  /** Characters of a list of tags, as it is sent. */
  public int tagList() {
    return tags * (tag + AROUND_TAG);
  }

  /** Whether a text has more than so many characters. */
  public static boolean exceeds(String text, int most) {
    return text.length() > most
        && (text.length() > 2L * most || text.codePointCount(0, text.length()) > most);
  }

  /** The first characters of a text. */
  static String first(String text, int most) {
    return exceeds(text, most) ? text.substring(0, text.offsetByCodePoints(0, most)) : text;
  }
}
