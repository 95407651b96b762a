package slipway.details;

import java.util.Arrays;
import org.jsoup.parser.Parser;

/**
 * Text without entities and tags, including those that appear only after others are decoded or
 * stripped. It is built like a stack: the end of an entity or a tag removes it again, so that one
 * pass is enough for any depth.
 */
final class PlainText {
  /** The length of the longest name of an entity. */
  private static final int LONGEST_ENTITY = 40;

  private static final int NONE = -1;

  /** Stands for what follows the text. */
  private static final char END = 0;

  private final boolean stripsTags;
  private final StringBuilder text;

  /** Where unfinished tags begin, or what looks like one. */
  private final Places open = new Places();

  private final Places equals = new Places();

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
    while (!HtmlEntities.isOfName(given)) {
      boolean semicolon = given == ';';
      String decoded = takeEntity(given);
      if (decoded == null) {
        break;
      }
      // The rest of a longer name ends with the semicolon, which may end another entity.
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

  /** Decodes entities that no semicolon ends; an unfinished tag is not part of the text. */
  private void end() {
    for (String last = takeEntity(END); last != null; last = takeEntity(END)) {
      push(last);
    }
    for (int i = 0; i < open.size(); i++) {
      if (HtmlTags.isTag(text, open.get(i), HtmlTags.NONE, equals.last())) {
        text.setLength(open.get(i));
        return;
      }
    }
  }

  private void push(String decoded) {
    decoded.chars().forEach(each -> push((char) each));
  }

  private void push(char c) {
    if (stripsTags) {
      int last = text.length() - 1;
      if (last >= 0 && text.charAt(last) == '<' && HtmlTags.mayOpen(c)) {
        open.add(last);
      }
      if (c == '=') {
        equals.add(text.length());
      }
      if (c == '>' && endsTag()) {
        return;
      }
    }
    text.append(c);
  }

  /** Removes the innermost open tag; what only looks like a tag inside it is text. */
  private boolean endsTag() {
    while (open.size() > 0) {
      int start = open.take();
      if (HtmlTags.isTag(text, start, text.length(), equals.last())) {
        text.setLength(start);
        equals.cut(start);
        return true;
      }
    }
    return false;
  }

  /**
   * Removes the entity that the text ends with.
   *
   * @param next what follows it
   * @return what it stands for; null when there is none
   */
  private String takeEntity(char next) {
    int start = entity();
    if (start == NONE) {
      return null;
    }
    String name = text.substring(start + 1);
    if (HtmlEntities.isText(name, next)) {
      return null;
    }
    String entity = "&" + name + (next == ';' ? ";" : "");
    String decoded = Parser.unescapeEntities(entity, false);
    if (decoded.equals(entity)) {
      return null;
    }
    text.setLength(start);
    return decoded;
  }

  /** Where a possible entity at the end of the text begins. */
  private int entity() {
    int least = Math.max(0, text.length() - LONGEST_ENTITY);
    for (int i = text.length() - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (c == '&') {
        return i == text.length() - 1 ? NONE : i;
      }
      if (!HtmlEntities.isOfName(c)) {
        return NONE;
      }
    }
    return NONE;
  }

  /** Places in the text, in order. */
  private static final class Places {
    private int[] places = new int[8];
    private int size;

    void add(int place) {
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
      }
      places[size++] = place;
    }

    int size() {
      return size;
    }

    int get(int index) {
      return places[index];
    }

    int take() {
      return places[--size];
    }

    /** The last one; {@link #NONE} where there is none. */
    int last() {
      return size == 0 ? NONE : places[size - 1];
    }

    /** Forgets all from here on. */
    void cut(int length) {
      while (size > 0 && places[size - 1] >= length) {
        size--;
      }
    }
  }
}
