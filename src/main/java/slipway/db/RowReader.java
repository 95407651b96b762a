package slipway.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads the columns of one row in the forms that {@link Column} writes. */
public final class RowReader {
  private final ResultSet row;

  RowReader(ResultSet row) {
    this.row = row;
  }

  /**
   * What makes an object of a row.
   *
   * @param <T> the object
   */
  public interface RowMapping<T> {
    /** The object of this row, which is valid only during the call. */
    T of(RowReader row) throws SQLException;
  }

  /** The form that {@code Query.map} takes. */
  public static <T> RowMapper<T> to(RowMapping<T> mapping) {
    return (row, context) -> mapping.of(new RowReader(row));
  }

  /** A text; null for none. */
  public String text(String column) throws SQLException {
    return row.getString(column);
  }

  /** A text; empty for none. */
  public String textOrEmpty(String column) throws SQLException {
    return Objects.requireNonNullElse(text(column), "");
  }

  /** The number of a column that has one. */
  public long number(String column) throws SQLException {
    return row.getLong(column);
  }

  /** A number; null for none. */
  public Long numberOrNull(String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /** The number of a column that has one with a fraction. */
  public double real(String column) throws SQLException {
    return row.getDouble(column);
  }

  /** The number of a column that has a small one. */
  public int integer(String column) throws SQLException {
    return row.getInt(column);
  }

  /** A small number; null for none. */
  public Integer integerOrNull(String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /** Whether a column says so. */
  public boolean flag(String column) throws SQLException {
    return row.getBoolean(column);
  }

  /** Whether a column says so; null where it says nothing. */
  public Boolean flagOrNull(String column) throws SQLException {
    boolean value = row.getBoolean(column);
    return row.wasNull() ? null : value;
  }

  /** The moment of a column that has one. */
  public Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  /** A moment; null for none. */
  public Instant instantOrNull(String column) throws SQLException {
    Long millis = numberOrNull(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** A list of texts without commas; empty for none. */
  public List<String> texts(String column) throws SQLException {
    String texts = text(column);
    return texts == null || texts.isEmpty() ? List.of() : List.of(texts.split(","));
  }

  /** A list of numbers; empty for none. */
  public List<Long> numbers(String column) throws SQLException {
    return texts(column).stream().map(Long::valueOf).toList();
  }

  /** A list of numbers; null for no list, as opposed to an empty one. */
  public List<Long> numbersOrNull(String column) throws SQLException {
    return text(column) == null ? null : numbers(column);
  }

  /** The constant whose stored name a column has. */
  public <E extends Enum<E> & StoredName> E constant(String column, Class<E> type)
      throws SQLException {
    return StoredName.of(type, text(column));
  }

  /**
   * The constant of a name that is stored in another form.
   *
   * @param of the constant of that name
   */
  public <E> E constant(String column, Function<String, E> of) throws SQLException {
    return of.apply(text(column));
  }
}
