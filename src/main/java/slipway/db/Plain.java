package slipway.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import slipway.db.RowReader.RowMapping;

/**
 * Runs the few statements that each token and each upload takes, by plain JDBC: to bind and to map
 * by JDBI takes several times what the statement itself does. Values are given in the order of the
 * statement's question marks: texts, numbers, flags and null.
 */
public final class Plain {
  private Plain() {}

  /** A statement failed; whose values are told nowhere, as tokens are among them. */
  private static final class FailedStatementException extends JdbiException {
    private static final long serialVersionUID = 1L;

    FailedStatementException(SQLException cause) {
      super(cause);
    }
  }

  /** Runs a statement that changes rows, and tells how many. */
  public static int execute(Handle handle, String sql, Object... values) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new FailedStatementException(e);
    }
  }

  /** Runs a statement for each of these, and tells how many rows each changed. */
  public static int[] executeEach(Handle handle, String sql, List<Object[]> each) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int[] changed = new int[each.size()];
      for (int i = 0; i < changed.length; i++) {
        bind(statement, each.get(i));
        changed[i] = statement.executeUpdate();
      }
      return changed;
    } catch (SQLException e) {
      throw new FailedStatementException(e);
    }
  }

  /** The rows that a query gives, or a statement with {@code returning}. */
  public static <T> List<T> query(
      Handle handle, RowMapping<T> mapping, String sql, Object... values) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(mapping.of(new RowReader(rows)));
        }
        return all;
      }
    } catch (SQLException e) {
      throw new FailedStatementException(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
