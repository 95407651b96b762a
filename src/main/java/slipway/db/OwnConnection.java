package slipway.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for one connection, which is opened when it is requested, and again once it was closed.
 * The driver's connection is known here from its first moment to its last: whatever fails, such as
 * for lack of memory, no connection, which might hold a lock forever, is lost, and the place stays
 * usable. For one thread at a time.
 */
final class OwnConnection implements ConnectionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);

  private final ConnectionFactory driver;
  private final Jdbi jdbi;
  private Connection raw;
  private PreparedConnection prepared;

  /** One that the driver opens. */
  OwnConnection(ConnectionFactory driver) {
    this.driver = driver;
    this.jdbi = Jdbi.create(this);
    // Failures there log no values, as tokens are among them.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
  }

  /** Uses the connection, which stays open when the handle is closed. */
  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public Connection openConnection() throws SQLException {
    if (prepared == null) {
      closeLeft();
      raw = driver.openConnection();
      prepared = new PreparedConnection(raw);
    }
    return prepared;
  }

  @Override
  public void closeConnection(Connection same) {
    // It is kept for the next handle.
  }

  /** Resets it for the next use; false when that fails. */
  boolean isReset() {
    try {
      if (prepared != null) {
        prepared.endStatements();
      }
      return true;
    } catch (Throwable e) {
      tell(LOG, "A connection to the database could not be reset", e);
      return false;
    }
  }

  /** Closes the connection, if there is one. */
  void close() {
    PreparedConnection closing = prepared;
    prepared = null;
    try {
      if (closing != null) {
        closing.close();
        raw = null;
      } else {
        closeLeft();
      }
    } catch (Throwable e) {
      tell(LOG, "A connection to the database failed to close", e);
    }
  }

  /**
   * Closes what is left of the last one. What failed for lack of memory is tried again until it
   * succeeds; what the driver itself cannot close is abandoned.
   */
  private void closeLeft() {
    try {
      if (raw != null) {
        raw.close();
      }
    } catch (SQLException | RuntimeException e) {
      tell(LOG, "A connection to the database is left open, because it cannot be closed", e);
    }
    raw = null;
  }

  /** Warns, if there is memory for that, with classes that are loaded as long as there is one. */
  static void tell(Logger log, String what, Throwable failure) {
    try {
      log.warn(what, failure);
    } catch (Throwable e) {
      // Without memory it cannot be reported.
    }
  }
}
