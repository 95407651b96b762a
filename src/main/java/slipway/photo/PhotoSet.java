package slipway.photo;

import java.util.Collections;
import java.util.List;

/**
 * Photos that are defined by a condition on one indexed table. The set can be iterated, counted up
 * to a bound, or asked about one photo.
 *
 * @param table table with a photo_id
 * @param condition on its alias x
 * @param values what the condition's question marks stand for
 */
record PhotoSet(String table, String condition, List<?> values) {
  /** The photos of these numbers. */
  static PhotoSet of(List<Long> photoIds) {
    List<Long> some = photoIds.isEmpty() ? List.of(0L) : photoIds;
    String marks = String.join(", ", Collections.nCopies(some.size(), "?"));
    return new PhotoSet("photo", "x.photo_id in (" + marks + ")", some);
  }

  /** The photos' numbers, each once. */
  String numbers() {
    return "select distinct x.photo_id from " + table + " x where " + condition;
  }

  /** The same with duplicates, which gives the first rows at once. */
  String numbersAgain() {
    return "select x.photo_id from " + table + " x where " + condition;
  }

  /** Whether the photo of a table's row is among them. */
  String holds(String alias) {
    return holds(alias, "");
  }

  /**
   * The same, evaluated for each photo in turn, as a subquery with an offset must be: otherwise
   * PostgreSQL may evaluate the set first, assuming that it is small.
   */
  String holdsEach(String alias) {
    return holds(alias, " limit 1 offset 0");
  }

  private String holds(String alias, String end) {
    return "exists (select 1 from "
        + table
        + " x where x.photo_id = "
        + alias
        + ".photo_id and "
        + condition
        + end
        + ")";
  }

  /** How many rows there are, counted up to a bound. */
  String size(int bound) {
    return "select count(*) from (select 1 from "
        + table
        + " x where "
        + condition
        + " limit "
        + bound
        + ") c";
  }
}
