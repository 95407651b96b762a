package slipway.db.postgres;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.dbcp2.DelegatingConnection;
import slipway.db.RowReader;
import slipway.db.RowReader.RowMapping;
import slipway.db.StatementQueue;

/**
 * A connection that sends the statements it has held back before any other statement, and together
 * with a commit. The server runs none of those that follow a failed one, so it commits all or
 * nothing. The driver sends the parts of a text with semicolons one after the other without waiting
 * for their answers, and keeps them prepared as long as it keeps the text.
 */
final class QueueingConnection extends DelegatingConnection<Connection> implements StatementQueue {
  private static final String COMMIT = "commit";
  private static final String VALUES = "values ";

  /** The statements held back so far. */
  private List<Queued<?>> queue = new ArrayList<>();

  /** Wraps that connection, which is closed with it. */
  QueueingConnection(Connection connection) {
    super(connection);
  }

  /** A statement, and its rows once it has been sent. */
  private final class Queued<T> implements Rows<T> {
    final String sql;
    final Object[] values;
    private final RowMapping<T> mapping;
    private final List<T> rows = new ArrayList<>();
    private boolean isDone;

    Queued(RowMapping<T> mapping, String sql, Object... values) {
      this.mapping = mapping;
      this.sql = sql;
      this.values = values;
    }

    void done(ResultSet result) throws SQLException {
      while (mapping != null && result.next()) {
        rows.add(RowReader.to(mapping).map(result, null));
      }
      isDone = true;
    }

    @Override
    public List<T> get() throws SQLException {
      if (!isDone) {
        send();
      }
      if (!isDone) {
        throw new SQLException("The transaction is over, and the statement was not sent");
      }
      return rows;
    }
  }

  @Override
  public boolean isOpen() {
    try {
      return !getDelegateInternal().getAutoCommit();
    } catch (SQLException e) {
      return false; // A statement that is run at once gives the reason.
    }
  }

  @Override
  public <T> Rows<T> add(RowMapping<T> mapping, String sql, Object... values) {
    Queued<T> queued = new Queued<>(mapping, sql, values);
    queue.add(queued);
    return queued;
  }

  /** Columns rather than rows, so that there is one statement to prepare for any number of rows. */
  @Override
  public void addEach(String sql, List<Object[]> each) {
    Object[] columns = new Object[each.get(0).length];
    List<String> types = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      ArrayType type = ArrayType.of(each.get(0)[i]);
      columns[i] = type.array(each.stream().map(values -> values[column]));
      types.add("?::" + type.sql());
    }
    String one = VALUES + "(" + String.join(", ", Collections.nCopies(columns.length, "?")) + ")";
    String all = "select * from unnest(" + String.join(", ", types) + ")";
    if (!sql.contains(one)) {
      throw new IllegalArgumentException("No " + one + " in " + sql);
    }
    add(null, sql.replace(one, all), columns);
  }

  private void send() throws SQLException {
    if (!queue.isEmpty()) {
      List<Queued<?>> all = queue;
      queue = new ArrayList<>();
      send(all);
    }
  }

  private void send(List<Queued<?>> all) throws SQLException {
    String text = all.stream().map(each -> each.sql).collect(Collectors.joining(";"));
    try (PreparedStatement statement = getDelegateInternal().prepareStatement(text)) {
      int position = 0;
      for (Object value : all.stream().flatMap(each -> Arrays.stream(each.values)).toList()) {
        position++;
        TextArguments.set(statement, position, value);
      }
      statement.execute();
      for (Queued<?> each : all) {
        each.done(statement.getResultSet());
        statement.getMoreResults();
      }
    }
  }

  @Override
  public void commit() throws SQLException {
    if (!queue.isEmpty()) {
      add(null, COMMIT);
      send();
    }
    getDelegateInternal().commit();
  }

  @Override
  public void rollback() throws SQLException {
    queue = new ArrayList<>();
    getDelegateInternal().rollback();
  }

  @Override
  public Statement createStatement() throws SQLException {
    send();
    return getDelegateInternal().createStatement();
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    send();
    return getDelegateInternal().createStatement(type, concurrency);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    send();
    return getDelegateInternal().createStatement(type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql, keys);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql, columns);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql, columns);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    send();
    return getDelegateInternal().prepareStatement(sql, type, concurrency, holdability);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    send();
    return getDelegateInternal().prepareCall(sql);
  }
}
