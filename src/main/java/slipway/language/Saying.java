package slipway.language;

import java.util.List;

/**
 * A message for a visitor, to be said in the visitor's language.
 *
 * @param key of the text
 * @param values for its {@code {0}}, {@code {1}} and so on; a {@link Size} and {@link Types} are
 *     said as the language says them
 */
public record Saying(String key, List<Object> values) {
  /** The text with that key and these values. */
  public static Saying of(String key, Object... values) {
    return new Saying(key, List.of(values));
  }

  /** The size of a file. */
  public record Size(long bytes) {}

  /** Types of files, such as {@code image/*} and {@code video/mp4}. */
  public record Types(List<String> types) {}
}
