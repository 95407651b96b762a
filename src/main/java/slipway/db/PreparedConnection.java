package slipway.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PStmtKey;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** A connection that keeps its statements prepared, as the driver's own does not. */
final class PreparedConnection extends PoolingConnection {
  private static final int MOST_PREPARED = 200;

  /** Over one of the driver's, which it closes with itself. */
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

  /** Ends the statements that were left open, each of which might hold a view of the data. */
  void endStatements() throws SQLException {
    passivate();
  }
}
