package slipway.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's one connection, kept with its prepared statements from commit to commit until one
 * fails: to open it costs more than most commits do.
 */
final class WriterConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final Jdbi jdbi;
  private Handle handle;

  WriterConnection(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Handle handle() {
    if (handle == null) {
      handle = jdbi.open();
    }
    return handle;
  }

  /** Runs a statement that stays prepared; gives the number of rows it changed. */
  int execute(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = handle().getConnection().prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }

  /** Closes it with its statements; the next use opens another. */
  void close() {
    prepared.clear();
    if (handle != null) {
      try {
        handle.close();
      } catch (RuntimeException e) {
        LOG.warn("The writer's connection did not close well", e);
      }
      handle = null;
    }
  }
}
