package slipway.db.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Opens connections with the driver itself: the JDK's driver manager would look through those of
 * all applications.
 *
 * @param properties the driver's
 */
record DriverSource(String url, Properties properties) implements DataSource {
  private static final Driver DRIVER = new Driver();

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = DRIVER.connect(url, properties);
    if (connection == null) {
      throw new SQLException("The address of the database is not one of PostgreSQL");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("The user is a property");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // The driver logs by itself.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // It is a property.
  }

  /** How long the pool waits, when it closes, for a connection that is being made. */
  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(PostgresAddress.CONNECT.toSeconds());
  }

  @Override
  public Logger getParentLogger() {
    return DRIVER.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("It is of no other type");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "DriverSource[]";
  }
}
