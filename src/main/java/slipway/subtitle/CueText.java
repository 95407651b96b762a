package slipway.subtitle;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;
import slipway.details.LegalText;

/**
 * Cleans the text of cues. What comes out is WebVTT, and is safe as HTML, which is what some
 * players take it for: tags of WebVTT without attributes that have a value, and no other {@code <},
 * {@code >} or {@code &} that is not an entity.
 */
final class CueText {
  private static final int LONGEST_TAG = 300;
  private static final int LONGEST_ENTITY = 40;
  private static final Set<String> NAMED = Set.of("v", "lang");

  /** Name, classes and annotation. */
  private static final Pattern START =
      Pattern.compile("(b|i|u|ruby|rt|c|v|lang)((?:\\.[A-Za-z0-9_-]{1,50}){0,5})(?:\\s(.*))?");

  private static final Pattern END = Pattern.compile("/(?:b|i|u|ruby|rt|c|v|lang)");
  private static final Pattern TIME = Pattern.compile("(?:[0-9]{2}:)?[0-9]{2}:[0-9]{2}\\.[0-9]{3}");
  private static final Pattern ENTITY = Pattern.compile("&#?[A-Za-z0-9]+;");
  private static final Pattern NOT_OF_NAME = Pattern.compile("[^\\p{L}\\p{N} ._-]");
  private static final Pattern ANY_TAG = Pattern.compile("<[^>]*>");

  private final String given;
  private final StringBuilder clean;

  /** The next place where a tag may end; -1 for none. Found once for all tags before it. */
  private int end;

  private CueText(String given) {
    this.given = given;
    this.end = given.indexOf('>');
    this.clean = new StringBuilder(given.length() + 16);
  }

  /**
   * The text, clean, without blank lines; empty for none.
   *
   * @param given lines with newlines between
   */
  static String clean(String given) {
    CueText text = new CueText(given);
    int at = 0;
    while (at < given.length()) {
      at = text.take(at);
    }
    return lines(LegalText.of(text.clean.toString()));
  }

  /** A clean text without its tags; empty for none. */
  static String strip(String clean) {
    return lines(ANY_TAG.matcher(clean).replaceAll(""));
  }

  private static String lines(String text) {
    return text.lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private int take(int at) {
    return switch (given.charAt(at)) {
      case '<' -> takeTag(at);
      case '&' -> takeEntity(at);
      default -> {
        add(given.charAt(at));
        yield at + 1;
      }
    };
  }

  private int takeTag(int at) {
    if (end >= 0 && end < at) {
      end = given.indexOf('>', at);
    }
    boolean isTag = end > at + 1 && end - at <= LONGEST_TAG && isTagBegun(at + 1);
    if (!isTag) {
      clean.append("&lt;");
      return at + 1;
    }
    addTag(given.substring(at + 1, end));
    return end + 1;
  }

  private boolean isTagBegun(int at) {
    char first = given.charAt(at) == '/' ? given.charAt(at + 1) : given.charAt(at);
    return Character.isLetterOrDigit(first);
  }

  /** A tag that is not WebVTT's is removed, and its content stays. */
  private void addTag(String tag) {
    Matcher start = START.matcher(tag.replace('\n', ' '));
    String kept = "";
    if (END.matcher(tag).matches() || TIME.matcher(tag).matches()) {
      kept = tag;
    } else if (start.matches()) {
      kept = start.group(1) + start.group(2) + annotation(start.group(1), start.group(3));
    }
    // It would end a cue.
    if (!kept.isEmpty() && !kept.contains("--")) {
      clean.append('<').append(kept).append('>');
    }
  }

  private static String annotation(String tag, String given) {
    if (given == null || !NAMED.contains(tag)) {
      return "";
    }
    String name = NOT_OF_NAME.matcher(given).replaceAll("").strip();
    return name.isEmpty() ? "" : " " + name;
  }

  private int takeEntity(int at) {
    int most = Math.min(given.length(), at + LONGEST_ENTITY);
    Matcher entity = ENTITY.matcher(given).region(at, most);
    if (entity.lookingAt()) {
      String decoded = Parser.unescapeEntities(entity.group(), true);
      if (!decoded.equals(entity.group())) {
        // The entity of a line end would begin another line.
        decoded.chars().forEach(c -> add(c < ' ' ? ' ' : (char) c));
        return entity.end();
      }
    }
    clean.append("&amp;");
    return at + 1;
  }

  private void add(char c) {
    switch (c) {
      case '<' -> clean.append("&lt;");
      case '>' -> clean.append("&gt;");
      case '&' -> clean.append("&amp;");
      default -> clean.append(c);
    }
  }
}
