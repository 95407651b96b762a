package slipway.db;

import java.util.Locale;

/** A constant that columns and replies hold by its name in lower case: a state, level or kind. */
public interface StoredName {
  /** The constant's name. */
  String name();

  /** The name that is stored, such as {@code original_only}. */
  default String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The name as an SQL literal: an index that holds the rows of one state only is not used with a
   * parameter.
   */
  default String sql() {
    return "'" + id() + "'";
  }

  /**
   * The constant of a stored name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static <E extends Enum<E> & StoredName> E of(Class<E> type, String id) {
    return Enum.valueOf(type, id.toUpperCase(Locale.ROOT));
  }
}
