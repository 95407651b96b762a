package slipway.db.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import slipway.db.SchemaVersion;

/** The tables of a database, as this version of the service has them. */
final class Schema {
  private static final int OLDEST_SERVER = 150_000;

  private Schema() {}

  /**
   * Creates the tables or brings them up to date. Of nodes that start at the same time, one does so
   * and the others wait.
   *
   * @throws IllegalStateException when the server cannot be reached or used
   */
  static void migrate(PostgresAddress address) {
    DataSource source = new DriverSource(address.url(), address.forMigration());
    check(source);
    if (SchemaVersion.isNewest(source)) {
      return;
    }
    try {
      Flyway.configure().dataSource(source).locations("classpath:db/postgresql").load().migrate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          "its tables cannot be created or migrated: " + e.getMessage(), e);
    }
  }

  private static void check(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version_num')::int,"
                    + " current_setting('server_encoding'), pg_is_in_recovery()")) {
      row.next();
      if (row.getInt(1) < OLDEST_SERVER) {
        throw new IllegalStateException("its server must be PostgreSQL 15 or later");
      }
      if (!row.getString(2).equals("UTF8")) {
        throw new IllegalStateException("its encoding must be UTF8, but is " + row.getString(2));
      }
      if (row.getBoolean(3)) {
        throw new IllegalStateException("its server is a standby, which accepts no writes");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "it cannot be reached or refuses the connection: " + e.getMessage(), e);
    }
  }
}
