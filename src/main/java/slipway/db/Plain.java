package slipway.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import slipway.db.RowReader.RowMapping;

/**
 * Runs by plain JDBC the few statements that each token and each upload needs: binding and mapping
 * by JDBI take several times as long as the statement itself. Each connection keeps them prepared
 * until it is closed, so that their texts must be constants. Values are given in the order of the
 * question marks: texts, numbers, flags and null.
 */
public final class Plain {
  private Plain() {}

  /** A statement failed; its values are not in the message, as tokens are among them. */
  private static final class FailedStatementException extends JdbiException {
    private static final long serialVersionUID = 1L;

    FailedStatementException(SQLException cause) {
      super(cause);
    }
  }

  /** What is done with a statement. */
  @FunctionalInterface
  private interface Run<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  /** Runs a statement that changes rows, and returns how many. */
  public static int execute(Handle handle, String sql, Object... values) {
    return run(
        handle,
        sql,
        statement -> {
          bind(handle, statement, values);
          return statement.executeUpdate();
        });
  }

  /**
   * Runs a statement for each of these, and returns how many rows each changed; less than 0 where
   * the database does not say, as it may combine many inserts of {@code values}.
   */
  public static int[] executeEach(Handle handle, String sql, List<Object[]> each) {
    return run(
        handle,
        sql,
        statement -> {
          for (Object[] values : each) {
            bind(handle, statement, values);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  /**
   * Whether statements whose answers nobody waits for are kept back for a while; else each is run
   * at once.
   */
  public static boolean isLater(Handle handle) {
    return queue(handle) != null;
  }

  /**
   * Runs a statement that changes rows, at once or with later ones: before the next one whose
   * answer is waited for, or with the commit. There its failure shows.
   */
  public static void later(Handle handle, String sql, Object... values) {
    StatementQueue queue = queue(handle);
    if (queue == null) {
      execute(handle, sql, values);
    } else {
      queue.add(null, sql, values);
    }
  }

  /**
   * The same for each of these, as one statement where that is done later.
   *
   * @param sql has {@code values (?, ?)} once, with as many marks as there are values, none of
   *     which is null; rows of which a later one changes nothing are left out or ignored by it
   */
  public static void laterEach(Handle handle, String sql, List<Object[]> each) {
    StatementQueue queue = queue(handle);
    if (queue == null) {
      executeEach(handle, sql, each);
    } else if (!each.isEmpty()) {
      queue.addEach(sql, each);
    }
  }

  /**
   * Asks for the rows that a query gives, or a statement with {@code returning}: at once, or
   * together with others that are requested before the first of their answers is waited for.
   */
  public static <T> Supplier<List<T>> ask(
      Handle handle, RowMapping<T> mapping, String sql, Object... values) {
    StatementQueue queue = queue(handle);
    if (queue == null) {
      List<T> rows = query(handle, mapping, sql, values);
      return () -> rows;
    }
    StatementQueue.Rows<T> rows = queue.add(mapping, sql, values);
    return () -> {
      try {
        return rows.get();
      } catch (SQLException e) {
        throw new FailedStatementException(e);
      }
    };
  }

  private static StatementQueue queue(Handle handle) {
    return handle.getConnection() instanceof StatementQueue queue && queue.isOpen() ? queue : null;
  }

  /** The rows that a query gives, or a statement with {@code returning}. */
  public static <T> List<T> query(
      Handle handle, RowMapping<T> mapping, String sql, Object... values) {
    return run(
        handle,
        sql,
        statement -> {
          bind(handle, statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
              all.add(mapping.of(new RowReader(rows)));
            }
            return all;
          }
        });
  }

  private static <T> T run(Handle handle, String sql, Run<T> what) {
    try {
      if (handle.getConnection() instanceof PreparedConnection connection) {
        return run(connection, sql, what);
      }
      try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
        return what.with(statement);
      }
    } catch (SQLException e) {
      throw new FailedStatementException(e);
    }
  }

  private static <T> T run(PreparedConnection connection, String sql, Run<T> what)
      throws SQLException {
    PreparedStatement statement = connection.plain(sql);
    try {
      T result = what.with(statement);
      statement.clearParameters();
      return result;
    } catch (SQLException | RuntimeException e) {
      forget(connection, sql, e);
      throw e;
    }
  }

  private static void forget(PreparedConnection connection, String sql, Exception failure) {
    try {
      connection.forget(sql);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static void bind(Handle handle, PreparedStatement statement, Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, taken(handle, values[i]));
    }
  }

  /** SQLite's texts may have any character, those of others no U+0000. */
  private static Object taken(Handle handle, Object value) {
    return value instanceof String text
            && text.indexOf(0) >= 0
            && !(handle.getConnection() instanceof PreparedConnection)
        ? text.replace("\0", "")
        : value;
  }
}
