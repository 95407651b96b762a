package slipway.details;

import java.util.List;
import java.util.Locale;
import org.jsoup.parser.Parser;

/** Distinguishes entities from ampersands that only look like one, such as those of a query. */
final class HtmlEntities {
  /** Entities that could hide a tag: they count whatever follows. */
  private static final List<String> OF_TAGS = List.of("lt", "gt", "amp", "quot");

  private HtmlEntities() {}

  /**
   * Whether an ampersand is text: a name that no semicolon ends, with an equals sign or more of a
   * word after it, is a parameter, as in {@code ?a=1&copy=2}.
   *
   * @param name what follows the ampersand: letters, digits and number signs
   * @param next what follows the name; 0 for the end
   */
  static boolean isText(String name, char next) {
    if (name.isEmpty() || name.charAt(0) == '#' || next == ';') {
      return false;
    }
    String small = name.toLowerCase(Locale.ROOT);
    if (next != '=' && OF_TAGS.stream().anyMatch(small::startsWith)) {
      return false;
    }
    String entity = "&" + name + (next == 0 ? "" : next);
    return Parser.unescapeEntities(entity, true).equals(entity)
        && !Parser.unescapeEntities(entity, false).equals(entity);
  }

  static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#';
  }
}
