package slipway.details;

/** Cuts texts that are longer than a reply has room for. */
public final class CutText {
  private static final String MORE = "…";

  private CutText() {}

  /**
   * The beginning of some HTML; where it is cut, its tags are closed and an ellipsis follows.
   *
   * @param chars characters at most
   * @param bytes at most, as encoded in a reply
   */
  public static CleanHtml html(CleanHtml given, int chars, long bytes) {
    String html = given.html();
    int end = end(html, chars, bytes);
    if (end == html.length()) {
      return given;
    }
    int open = html.lastIndexOf('<', end - 1);
    boolean inTag = open >= 0 && html.indexOf('>', open) >= end;
    return Markup.clean(html.substring(0, inTag ? open : end) + MORE);
  }

  /** The beginning of a plain text. */
  public static String plain(String text, int chars, long bytes) {
    int end = end(text, chars, bytes);
    return end == text.length() ? text : text.substring(0, end) + MORE;
  }

  private static int end(String text, int chars, long bytes) {
    long left = bytes;
    int count = 0;
    int i = 0;
    while (i < text.length() && count < chars) {
      int c = text.codePointAt(i);
      left -= bytes(c);
      if (left < 0) {
        break;
      }
      count++;
      i += Character.charCount(c);
    }
    return i;
  }

  /** The bytes of a character in a reply, escaped as XML or JSON requires. */
  public static int bytes(int c) {
    if (c < 0x80) {
      boolean escaped = c < ' ' || c == '<' || c == '>' || c == '&' || c == '"' || c == '\\';
      return escaped ? 6 : 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
