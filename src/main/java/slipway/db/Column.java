package slipway.db;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Collection;

/** The forms in which values are written that a column does not have by itself. */
public final class Column {
  private Column() {}

  /** A moment, in milliseconds since 1970; null for null. */
  public static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** A list, with commas between: of what has none in it. Null for null. */
  public static String list(Collection<?> values) {
    return values == null ? null : values.stream().map(String::valueOf).collect(joining(","));
  }
}
