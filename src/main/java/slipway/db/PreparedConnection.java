package slipway.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PStmtKey;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** A connection that keeps its statements prepared, as the driver's own does not. */
final class PreparedConnection extends PoolingConnection {
  private static final int MOST_PREPARED = 200;

  /**
   * The statements of {@link Plain}, which are few: taking one from a pool costs as much as running
   * it.
   */
  private final Map<String, PreparedStatement> plain = new HashMap<>();

  /** Wraps a connection of the driver, which is closed with it. */
  PreparedConnection(Connection driver) {
    super(driver);
    GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> config =
        new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotalPerKey(-1);
    config.setMaxIdlePerKey(1);
    config.setMaxTotal(MOST_PREPARED);
    config.setBlockWhenExhausted(false);
    config.setMaxWait(Duration.ZERO);
    config.setJmxEnabled(false);
    GenericKeyedObjectPool<PStmtKey, DelegatingPreparedStatement> statements =
        new GenericKeyedObjectPool<>(this, config);
    setStatementPool(statements);
  }

  /**
   * The driver's own statement of that text, prepared once; not to be closed, and in one use at a
   * time.
   */
  PreparedStatement plain(String sql) throws SQLException {
    PreparedStatement statement = plain.get(sql);
    if (statement == null) {
      if (plain.size() >= MOST_PREPARED) {
        closePlain();
      }
      statement = getDelegateInternal().prepareStatement(sql);
      plain.put(sql, statement);
    }
    return statement;
  }

  /** Prepares the statement of that text again: after a failure, drivers may have closed it. */
  void forget(String sql) throws SQLException {
    PreparedStatement failed = plain.remove(sql);
    if (failed != null) {
      failed.close();
    }
  }

  private void closePlain() throws SQLException {
    for (PreparedStatement statement : plain.values()) {
      statement.close();
    }
    plain.clear();
  }

  /** Ends the statements that were left open, each of which might hold a view of the data. */
  void endStatements() throws SQLException {
    passivate();
  }

  @Override
  public void close() throws SQLException {
    try {
      closePlain();
    } finally {
      super.close();
    }
  }
}
