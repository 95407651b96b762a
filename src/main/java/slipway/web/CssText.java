package slipway.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parts of CSS (CSS Syntax Level 3, Selectors Level 4). It is read at each start, and is fast. */
final class CssText {
  private CssText() {}

  /**
   * Where one of two characters is first, from there on and outside of strings and brackets; the
   * length of the text for nowhere.
   */
  static int find(String css, int from, char one, char other) {
    int depth = 0;
    for (int i = from; i < css.length(); i++) {
      char c = css.charAt(i);
      if (depth == 0 && (c == one || c == other)) {
        return i;
      }
      switch (c) {
        case '\\' -> i++;
        case '"', '\'' -> i = endOfString(css, i);
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> {}
      }
    }
    return css.length();
  }

  private static int endOfString(String css, int start) {
    int i = start + 1;
    while (i < css.length() && css.charAt(i) != css.charAt(start)) {
      i += css.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /** The parts between a character, but for empty ones. */
  static List<String> split(String css, char between) {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at < css.length(); ) {
      int end = find(css, at, between, between);
      String part = css.substring(at, end).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      at = end + 1;
    }
    return parts;
  }

  /** It without its comments, none of which is in a string. */
  static String withoutComments(String css) {
    StringBuilder left = new StringBuilder(css.length());
    int at = 0;
    for (int start = css.indexOf("/*"); start >= 0; start = css.indexOf("/*", at)) {
      left.append(css, at, start);
      int end = css.indexOf("*/", start + 2);
      at = end < 0 ? css.length() : end + 2;
    }
    return left.append(css, at, css.length()).toString();
  }

  /**
   * Whether a selector may match on pages, outside of shadow trees, that have these names, as
   * selectors write them.
   */
  static boolean mayMatch(String selector, Set<String> names) {
    int at = 0;
    while (at < selector.length()) {
      char c = selector.charAt(at);
      int end = at + 1;
      if (c == ':') {
        end = endOfPseudo(selector, at);
        if (!mayBe(selector.substring(at, end), names)) {
          return false;
        }
      } else if (c == '[' || c == '.' || c == '#' || isOfName(c)) {
        end = c == '[' ? find(selector, end, ']', ']') + 1 : endOfName(selector, end);
        if (!names.contains(selector.substring(at, end).replace("\"", "").replace("'", ""))) {
          return false;
        }
      }
      at = end;
    }
    return true;
  }

  /** Whether a pseudo-class or pseudo-element may be of something; its argument is in brackets. */
  private static boolean mayBe(String pseudo, Set<String> names) {
    int bracket = pseudo.indexOf('(');
    String name = bracket < 0 ? pseudo : pseudo.substring(0, bracket);
    return switch (name) {
      case ":host", ":host-context" -> false;
      case ":is", ":where" ->
          split(pseudo.substring(bracket + 1, pseudo.length() - 1), ',').stream()
              .anyMatch(each -> mayMatch(each, names));
      default -> true;
    };
  }

  private static int endOfPseudo(String selector, int start) {
    int colons = selector.startsWith("::", start) ? 2 : 1;
    int end = endOfName(selector, start + colons);
    return selector.startsWith("(", end) ? find(selector, end + 1, ')', ')') + 1 : end;
  }

  private static int endOfName(String selector, int from) {
    int end = from;
    while (end < selector.length() && isOfName(selector.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }
}
