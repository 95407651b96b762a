package slipway.details;

/** Texts as they are sent to others: the same in XML, in JSON and to webhooks. */
public final class LegalText {
  private static final int REPLACEMENT = 0xFFFD;

  private LegalText() {}

  /** The text with U+FFFD for characters that XML 1.0 does not allow (2.2, production Char). */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : REPLACEMENT));
    return legal.toString();
  }

  /** A plain loop, as every text of every reply is checked. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= Character.MIN_SURROGATE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
