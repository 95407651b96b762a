package slipway.db.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import slipway.db.Identity;
import slipway.db.Reading;

/**
 * Copies all that a SQLite file holds into a PostgreSQL, in one transaction: every row is read back
 * from there and compared before it is committed. The file is only read.
 */
public final class DatabaseCopy {
  private static final String VERSION =
      "select max(cast(version as integer)) from flyway_schema_history where success";

  /** Servers that ran on it lately have rows there. */
  private static final String IS_RUNNING =
      "select 1 from node where seen_at > (extract(epoch from clock_timestamp()) - 30) * 1000";

  /** Longer than a timestamp may be ahead of a clock. */
  private static final long MOST_AHEAD = TimeUnit.DAYS.toSeconds(1);

  private final Reading from;
  private final PostgresAddress to;

  /**
   * A copy that is yet to be made.
   *
   * @param from the file, which nobody writes to
   */
  public DatabaseCopy(Reading from, PostgresAddress to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Copies everything, or nothing.
   *
   * @param isReplacing whether what an earlier copy, or a service, has left there is deleted
   * @return how many rows each table has
   * @throws IllegalStateException when it failed, with the reason; nothing has changed then
   */
  public Map<String, Long> run(boolean isReplacing) {
    try {
      require(from.read(DatabaseCopy::isOfSlipway), "the file is empty, or not one of Slipway's");
      migrate();
      return copied(isReplacing);
    } catch (JdbiException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("the file cannot be read: " + why.getMessage(), e);
    }
  }

  private void migrate() {
    try {
      Schema.migrate(to);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("the PostgreSQL: " + e.getMessage(), e);
    }
  }

  private Map<String, Long> copied(boolean isReplacing) {
    return from.read(
        handle -> {
          try (Connection connection =
              new DriverSource(to.url(), to.forCopying()).getConnection()) {
            connection.setAutoCommit(false);
            // Statements may take long, but must not wait long for a table that others have locked.
            execute(connection, "set local lock_timeout = " + to.patience().toMillis());
            check(handle, connection, isReplacing);
            Map<String, Long> rows = copy(handle, connection);
            connection.commit();
            return rows;
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  private static Map<String, Long> copy(Handle handle, Connection connection) throws SQLException {
    Connection file = handle.getConnection();
    List<CopiedTable> tables = CopiedTable.all(connection);
    Map<String, Long> rows = new TreeMap<>();
    CopiedTable.emptyAll(connection);
    for (CopiedTable table : tables) {
      // Triggers are off, as the rows that they would write are copied, too.
      execute(connection, "alter table " + table.name() + " disable trigger user");
      rows.put(table.name(), table.copy(file, connection));
    }
    for (CopiedTable table : tables) {
      table.compare(file, connection);
      table.goOnNumbering(file, connection);
      execute(connection, "alter table " + table.name() + " enable trigger user");
    }
    takeNoSignatureOfBefore(file, connection);
    return rows;
  }

  /**
   * Only the server that ran on the file knew which signed requests it had accepted. Others accept
   * none that may be one of them: the nonce of credential 0 says up to which timestamp. Nonces with
   * timestamps ahead of the clock have rows in the file.
   */
  private static void takeNoSignatureOfBefore(Connection file, Connection connection)
      throws SQLException {
    long now = Instant.now().getEpochSecond();
    Long ahead =
        CopiedTable.number(
            file, "select max(stamp) from oauth_nonce where stamp <= " + (now + MOST_AHEAD));
    execute(
        connection,
        "insert into oauth_nonce (credential_id, stamp, nonce) values (0, %d, '')"
            .formatted(ahead == null ? now : Math.max(now, ahead)));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void check(Handle handle, Connection connection, boolean isReplacing)
      throws SQLException {
    execute(connection, "lock table node, photo, credential in exclusive mode");
    long version = handle.createQuery(VERSION).mapTo(Long.class).one();
    require(
        Long.valueOf(version).equals(CopiedTable.number(connection, VERSION)),
        "the file is of another version: start this version of Slipway on it once");
    require(
        handle.createQuery("select 1 from refold").mapTo(Integer.class).findFirst().isEmpty(),
        "names of an earlier version are still being folded: let Slipway run until that is done");
    require(
        CopiedTable.number(connection, IS_RUNNING) == null,
        "a Slipway is running on the PostgreSQL, or was killed a moment ago: stop it, or wait 30 s");
    if (!isReplacing) {
      require(
          CopiedTable.number(connection, "select 1 from photo limit 1") == null
              && CopiedTable.number(connection, "select 1 from credential limit 1") == null,
          "the PostgreSQL holds photos or keys: --replace deletes them, whatever they are");
    }
    Optional<String> identity = Identity.read(from);
    require(identity.isPresent(), "the file has no identity: start Slipway on it once");
  }

  private static boolean isOfSlipway(Handle handle) {
    return handle
            .createQuery(
                """
                select count(*) from sqlite_master where type = 'table'
                  and name in ('flyway_schema_history', 'photo', 'upload_token')""")
            .mapTo(Integer.class)
            .one()
        == 3;
  }

  private static void require(boolean isMet, String otherwise) {
    if (!isMet) {
      throw new IllegalStateException(otherwise);
    }
  }
}
