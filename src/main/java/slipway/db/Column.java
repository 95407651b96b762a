package slipway.db;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Collection;

/** How values are written that have no column type of their own. */
public final class Column {
  private Column() {}

  /** A moment, in milliseconds since 1970; null for null. */
  public static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** A list separated by commas, of values without commas. Null for null. */
  public static String list(Collection<?> values) {
    return values == null ? null : values.stream().map(String::valueOf).collect(joining(","));
  }
}
