package slipway.details;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Tag;

/**
 * Distinguishes tags from signs that only look like one, which become entities. A tag has a name
 * that HTML knows, or an attribute with a value, or ends an element: {@code a<b}, {@code
 * <me@example.com>} and {@code 100% <cotton>} are text, and so is {@code a<b and c>d}, as no
 * element of one letter has attributes of one word. Takes one pass, in time in proportion to the
 * length.
 */
final class HtmlTags {
  /** Stands for a tag that does not end. */
  static final int NONE = -1;

  private static final int LONGEST_NAME = 32;

  /** Attributes of one word (HTML Standard, 3.2.6), and of links. */
  private static final Set<String> GLOBAL =
      Set.of(
          "autofocus",
          "hidden",
          "inert",
          "itemscope",
          "popover",
          "download",
          "href",
          "id",
          "class");

  private final String html;
  private final Set<String> allowed;
  private final StringBuilder text;

  private int at;
  private int nextEnd = -1;
  private int lastEquals = -1;
  private boolean hasOther;

  private HtmlTags(String html, Set<String> allowed) {
    this.html = html;
    this.allowed = allowed;
    this.text = new StringBuilder(html.length() + 16);
    read();
  }

  /** For a text in which no tag is allowed. */
  static String of(String html) {
    return new HtmlTags(html, Set.of()).text();
  }

  /** For a text in which these tags are allowed, by their names in lower case. */
  static HtmlTags of(String html, Set<String> allowed) {
    return new HtmlTags(html, allowed);
  }

  /** The HTML with entities for signs that begin no tag or no entity. */
  String text() {
    return text.toString();
  }

  /** Whether there is a tag besides those that are allowed. */
  boolean hasOther() {
    return hasOther;
  }

  private void read() {
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<') {
        readSign();
      } else if (c == '&') {
        readAmpersand();
      } else {
        text.append(c);
        at++;
      }
    }
  }

  private void readAmpersand() {
    int end = at + 1;
    while (end < html.length() && HtmlEntities.isOfName(html.charAt(end))) {
      end++;
    }
    char next = end < html.length() ? html.charAt(end) : 0;
    text.append(HtmlEntities.isText(html.substring(at + 1, end), next) ? "&amp;" : "&");
    text.append(html, at + 1, end);
    at = end;
  }

  private void readSign() {
    if (nextEnd < at) {
      findEnd();
    }
    int tagEnd = nextEnd < html.length() ? nextEnd : NONE;
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 2);
      copyTo(end < 0 ? html.length() : end);
    } else if (isTag(html, at, tagEnd, lastEquals)) {
      hasOther |= opens(html, at + 1) && !allowed.contains(name(html, at + 1));
      copyTo(endOfTag());
    } else {
      text.append("&lt;");
      at++;
    }
  }

  /** The end of the next tag, and the last equals sign before it. */
  private void findEnd() {
    int found = html.indexOf('>', at);
    nextEnd = found < 0 ? html.length() : found;
    lastEquals = nextEnd - 1;
    while (lastEquals > at && html.charAt(lastEquals) != '=') {
      lastEquals--;
    }
  }

  private void copyTo(int end) {
    text.append(html, at, end);
    at = end;
  }

  /** Where the tag ends by HTML's rules: an end sign within a quoted value does not count. */
  private int endOfTag() {
    int i = at + 1;
    while (i < html.length() && html.charAt(i) != '>') {
      i = html.charAt(i) == '=' ? endOfValue(i + 1) : i + 1;
    }
    return i;
  }

  private int endOfValue(int start) {
    int i = start;
    while (i < html.length() && isSpace(html.charAt(i))) {
      i++;
    }
    if (i < html.length() && (html.charAt(i) == '"' || html.charAt(i) == '\'')) {
      int end = html.indexOf(html.charAt(i), i + 1);
      return end < 0 ? html.length() : end + 1;
    }
    return i;
  }

  /**
   * Whether the sign at a place of a text begins a tag.
   *
   * @param end where a {@code >} ends it; {@link #NONE} for nowhere
   * @param lastEquals where the last equals sign before that end may be
   */
  static boolean isTag(CharSequence text, int sign, int end, int lastEquals) {
    boolean isEnded = end != NONE;
    int start = sign + 1;
    if (start >= text.length() || !mayOpen(text.charAt(start))) {
      return false;
    }
    int letter = text.charAt(start) == '/' ? start + 1 : start;
    if (!opens(text, letter)) {
      return isEnded;
    }
    String name = name(text, letter);
    int behind = letter + name.length();
    boolean hasValue = lastEquals > behind && text.charAt(lastEquals) == '=';
    if (hasValue || !isEnded || letter > start) {
      return hasValue || isEnded;
    }
    return Tag.isKnownTag(name) && !(name.length() == 1 && hasWord(text, behind, end));
  }

  /** Whether there is a word that is not an attribute which every element may have. */
  private static boolean hasWord(CharSequence text, int start, int end) {
    int at = start;
    while (at < end) {
      int next = at;
      while (next < end && isOfName(text.charAt(next))) {
        next++;
      }
      if (next > at && !isGlobal(text, at, next)) {
        return true;
      }
      at = next + 1;
    }
    return false;
  }

  private static boolean isGlobal(CharSequence text, int start, int end) {
    return end - start <= LONGEST_NAME
        && GLOBAL.contains(text.subSequence(start, end).toString().toLowerCase(Locale.ROOT));
  }

  /** By HTML's rules, a sign that is followed by anything else is text. */
  static boolean mayOpen(char c) {
    return isLetter(c) || c == '/' || c == '!' || c == '?';
  }

  private static boolean opens(CharSequence text, int at) {
    return at < text.length() && isLetter(text.charAt(at));
  }

  /** In lower case; cut where it is longer than any name. */
  private static String name(CharSequence text, int start) {
    int most = Math.min(text.length(), start + LONGEST_NAME);
    int end = start;
    while (end < most && isOfName(text.charAt(end))) {
      end++;
    }
    return text.subSequence(start, end).toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isOfName(char c) {
    return !isSpace(c) && c != '/' && c != '>';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
