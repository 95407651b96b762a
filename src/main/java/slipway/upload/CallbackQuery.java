package slipway.upload;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters of a callback as its query has them, each after an ampersand. */
final class CallbackQuery {
  private static final String MORE = "…";

  private final StringBuilder text = new StringBuilder();

  CallbackQuery add(Collection<Map.Entry<String, String>> parameters) {
    parameters.forEach(parameter -> add(parameter.getKey(), parameter.getValue()));
    return this;
  }

  void add(String name, String value) {
    text.append('&').append(encode(name)).append('=').append(encode(value));
  }

  /**
   * Adds the parameters that fit, in order; those of one name together, or none of them, as a part
   * of a list would be a wrong answer.
   *
   * @param room bytes
   * @return how many were left out
   */
  int addFitting(List<Map.Entry<String, String>> parameters, int room) {
    if (parameters.isEmpty()) {
      return 0;
    }
    Map<String, List<Map.Entry<String, String>>> byName =
        parameters.stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    int omitted = 0;
    for (List<Map.Entry<String, String>> same : byName.values()) {
      int before = text.length();
      if (isShort(same, room - before)) {
        add(same);
      }
      boolean fits = text.length() > before && text.length() <= room;
      if (!fits) {
        text.setLength(before);
        omitted += same.size();
      }
    }
    return omitted;
  }

  /** Whether a text may fit, as encoding one that cannot would be wasted. */
  private static boolean isShort(List<Map.Entry<String, String>> parameters, int room) {
    return room
        > parameters.stream()
            .mapToInt(parameter -> parameter.getKey().length() + parameter.getValue().length())
            .sum();
  }

  int bytes() {
    return text.length();
  }

  String text() {
    return text.toString();
  }

  /** A text that is encoded within so many bytes: where it is longer, its beginning. */
  static String cut(String text, int bytes) {
    if (encode(text).length() <= bytes) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int left = bytes - encode(MORE).length();
    for (int c : text.codePoints().toArray()) {
      left -= encode(Character.toString(c)).length();
      if (left < 0) {
        break;
      }
      start.appendCodePoint(c);
    }
    return start + MORE;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
