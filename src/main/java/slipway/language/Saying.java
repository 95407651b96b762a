package slipway.language;

import java.util.List;

/**
 * Something to be said to a visitor in whatever language that has.
 *
 * @param key of the text
 * @param values for its {@code {0}}, {@code {1}} and so on; a {@link Size} and {@link Types} are
 *     said as the language says them
 */
public record Saying(String key, List<Object> values) {
  /** What a text of that key says with these values. */
  public static Saying of(String key, Object... values) {
    return new Saying(key, List.of(values));
  }

  /** The size of a file. */
  public record Size(long bytes) {}

  /** Types of files, such as {@code image/*} and {@code video/mp4}. */
  public record Types(List<String> types) {}
}
