package slipway.harness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;

/**
 * Keeps the commits of photos with certain titles, on a PostgreSQL, from being made until it is
 * closed. For one at a time.
 */
public final class HeldCommits implements AutoCloseable {
  /** Of a commit that never comes. */
  public static final String UNDONE = "held 1";

  /** Of a commit that comes late. */
  public static final String LATE = "held 2";

  private static final String HOLD =
      """
      create or replace function hold_commit() returns trigger language plpgsql as $$
      begin
        if new.title like 'held _' then
          perform pg_advisory_xact_lock(substr(new.title, 6)::bigint);
        end if;
        return null;
      end $$;
      drop trigger if exists hold_commit on photo;
      create constraint trigger hold_commit after insert on photo
        deferrable initially deferred for each row execute function hold_commit();
      select pg_advisory_lock(1), pg_advisory_lock(2)""";

  private static final String WAITING =
      """
      select pid from pg_locks
      where locktype = 'advisory' and objid = ? and not granted
        and database = (select oid from pg_database where datname = current_database())""";

  private final Connection connection;

  /** For a database. */
  public HeldCommits(String url) {
    try {
      connection = DriverManager.getConnection(url);
      execute(HOLD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until one of that title is about to be made. */
  public void await(String title) {
    Await.until("a commit", () -> waiting(title).isPresent());
  }

  private OptionalInt waiting(String title) {
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setInt(1, Integer.parseInt(title.substring(title.length() - 1)));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the connection of {@link #UNDONE}, whose transaction is undone by that. */
  public void undo() {
    try {
      execute("select pg_terminate_backend(" + waiting(UNDONE).orElseThrow() + ")");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Await.until("its end", () -> waiting(UNDONE).isEmpty());
  }

  /** Lets the others be made. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
