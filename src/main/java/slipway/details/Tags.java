package slipway.details;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form in which tags come and go: space-separated, a tag of several words in double quotes. */
public final class Tags {
  private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"|([^\\s,\"]+)");

  private Tags() {}

  /**
   * The tags of a list such as {@code summer "New York" sea}, each once in its first spelling, in
   * order, without regard to case. Commas between tags count as spaces; an odd quote ends with the
   * text.
   */
  public static List<String> parse(String list) {
    Map<String, String> tags = new LinkedHashMap<>();
    Matcher matcher = TAG.matcher(list);
    while (matcher.find()) {
      String tag = (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)).strip();
      if (!tag.isEmpty()) {
        tags.putIfAbsent(Folding.fold(tag), tag);
      }
    }
    return List.copyOf(tags.values());
  }

  /** The list that {@link #parse} takes for these tags. */
  public static String format(List<String> tags) {
    return tags.stream()
        .map(tag -> tag.chars().anyMatch(Tags::separates) ? '"' + tag + '"' : tag)
        .collect(Collectors.joining(" "));
  }

  private static boolean separates(int character) {
    return character == ',' || Character.isWhitespace(character);
  }
}
