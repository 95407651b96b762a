package slipway.photo;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/**
 * Orders of lists: every column in the same direction, and then the number, so that there are no
 * ties.
 */
public final class OrderBy {
  private OrderBy() {}

  /** The clause, with a space before it. */
  public static String sql(List<String> columns, String number, boolean ascending) {
    return Stream.concat(columns.stream(), Stream.of(number))
        .distinct()
        .map(column -> ascending ? column : column + " desc")
        .collect(joining(", ", " order by ", ""));
  }
}
