package slipway.details;

import org.jsoup.parser.Parser;

/**
 * Text without entities and tags, those included that appear only once others are decoded or
 * stripped. It is built like a stack: what ends an entity or a tag takes it off again, so that one
 * pass does for any depth.
 */
final class PlainText {
  /** No name of an entity is longer. */
  private static final int LONGEST_ENTITY = 40;

  private static final int NONE = -1;

  private final boolean stripsTags;
  private final StringBuilder text;

  /** Where the tag begins that is not ended yet. */
  private int open = NONE;

  private PlainText(int length, boolean stripsTags) {
    this.stripsTags = stripsTags;
    this.text = new StringBuilder(length);
  }

  /** The text with every entity decoded. */
  static String decode(String text) {
    return of(text, false);
  }

  /** The text with every entity decoded and every tag stripped. */
  static String strip(String text) {
    return of(text, true);
  }

  private static String of(String given, boolean stripsTags) {
    PlainText plain = new PlainText(given.length(), stripsTags);
    given.chars().forEach(each -> plain.add((char) each));
    plain.end();
    return plain.text.toString();
  }

  private void add(char given) {
    while (!isOfName(given)) {
      boolean semicolon = given == ';';
      String decoded = takeEntity(semicolon);
      if (decoded == null) {
        break;
      }
      // What is left of a longer name ends with the semicolon, which may end another one.
      boolean ends = decoded.endsWith(";");
      push(ends ? decoded.substring(0, decoded.length() - 1) : decoded);
      if (ends && !semicolon) {
        add(';');
      } else if (!ends && semicolon) {
        return;
      }
    }
    push(given);
  }

  /** Decodes what no semicolon ends; a tag that is not ended is none of the text. */
  private void end() {
    for (String last = takeEntity(false); last != null; last = takeEntity(false)) {
      push(last);
    }
    if (open != NONE) {
      cut(open);
    }
  }

  private void push(String decoded) {
    decoded.chars().forEach(each -> push((char) each));
  }

  private void push(char c) {
    if (stripsTags) {
      int last = text.length() - 1;
      if (open == NONE && last >= 0 && text.charAt(last) == '<' && opensTag(c)) {
        open = last;
      }
      if (open != NONE && c == '>') {
        cut(open);
        return;
      }
    }
    text.append(c);
  }

  private void cut(int length) {
    text.setLength(length);
    open = NONE;
  }

  /** As HTML has it: a sign that is followed by anything else is text. */
  private static boolean opensTag(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
  }

  /**
   * Takes the entity off that the text ends with.
   *
   * @param semicolon whether a semicolon ends it
   * @return what it stands for; null when there is none
   */
  private String takeEntity(boolean semicolon) {
    int start = entity();
    if (start == NONE) {
      return null;
    }
    String entity = text.substring(start) + (semicolon ? ";" : "");
    String decoded = Parser.unescapeEntities(entity, false);
    if (decoded.equals(entity)) {
      return null;
    }
    text.setLength(start);
    return decoded;
  }

  /** Where what may be an entity begins, at the end of the text. */
  private int entity() {
    int least = Math.max(0, text.length() - LONGEST_ENTITY);
    for (int i = text.length() - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (c == '&') {
        return i == text.length() - 1 ? NONE : i;
      }
      if (!isOfName(c)) {
        return NONE;
      }
    }
    return NONE;
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#';
  }
}
