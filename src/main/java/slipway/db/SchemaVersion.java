package slipway.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The version of a database's tables, by the table in which Flyway notes what it did. Almost every
 * start finds the newest one; to have Flyway see that, it reads every migration and loads more than
 * a thousand classes.
 */
public final class SchemaVersion {
  /** The number of the newest migration. */
  static final int NEWEST = 87;

  private static final String FOUND =
      """
      select max(cast(version as integer)), max(case when success then 0 else 1 end)
      from flyway_schema_history""";

  private SchemaVersion() {}

  /**
   * Whether a database has every migration of this version of the service and none of a later one.
   * Anything else, such as no tables at all or one that failed, is for Flyway to mend or to refuse.
   */
  public static boolean isNewest(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return isNewest(connection);
    } catch (SQLException e) {
      return false; // Flyway says what is wrong.
    }
  }

  static boolean isNewest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FOUND)) {
      return row.next() && row.getInt(1) == NEWEST && row.getInt(2) == 0;
    }
  }
}
