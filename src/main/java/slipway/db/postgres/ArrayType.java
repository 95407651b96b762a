package slipway.db.postgres;

import java.util.stream.Stream;

/** The types of arrays in which columns of values are sent. */
enum ArrayType {
  NUMBERS("bigint[]"),
  SMALL_NUMBERS("integer[]"),
  TEXTS("text[]");

  private final String sql;

  ArrayType(String sql) {
    this.sql = sql;
  }

  /** The type for values like this one. */
  static ArrayType of(Object value) {
    if (value instanceof Long) {
      return NUMBERS;
    }
    if (value instanceof Integer) {
      return SMALL_NUMBERS;
    }
    if (value instanceof String) {
      return TEXTS;
    }
    throw new IllegalArgumentException("No array has values of such a type");
  }

  String sql() {
    return sql;
  }

  Object array(Stream<Object> values) {
    return switch (this) {
      case NUMBERS -> values.toArray(Long[]::new);
      case SMALL_NUMBERS -> values.toArray(Integer[]::new);
      case TEXTS -> values.map(value -> TextArguments.taken((String) value)).toArray(String[]::new);
    };
  }
}
