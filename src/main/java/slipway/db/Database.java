package slipway.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * The one database: migrated at opening, read through a pool, written through one {@link Writer}.
 *
 * <p>SQLite in WAL mode with {@code synchronous=FULL}: what {@link #write} returned is on the disk.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 8;
  private static final int BUSY_MILLIS = 10_000;

  private final HikariDataSource readers;
  private final Jdbi reading;
  private final Writer writer;

  private Database(DataSource source) {
    Flyway.configure().dataSource(source).load().migrate();
    this.readers = pool(source);
    this.reading = Jdbi.create(readers);
    this.writer = new Writer(Jdbi.create(source));
  }

  /**
   * Opens the SQLite file, making it and its tables where they are missing.
   *
   * @param file the database file; its folder must exist
   */
  public static Database open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return new Database(source);
  }

  private static HikariDataSource pool(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("slipway-readers");
    config.setMaximumPoolSize(READERS);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
    return new HikariDataSource(config);
  }

  /** Runs a query on a connection of the readers' pool; it sees every write that has returned. */
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    return reading.withHandle(query);
  }

  /**
   * Runs the work in a transaction and returns once it is durable. Works that wait at the same time
   * share one commit; each is rolled back alone when it throws.
   *
   * @throws X what the work threw, or a JdbiException when the commit failed
   */
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return writer.write(work);
  }

  /**
   * Runs one statement, which is kept prepared, in a transaction and returns once it is durable:
   * for what is done most. It fails only where the database does, and then all that shares its
   * commit fails with it.
   *
   * @param values for its parameters, in their order
   * @return how many rows it changed
   * @throws RuntimeException when the statement or the commit failed
   */
  public int execute(String sql, Object... values) {
    return writer.execute(sql, values);
  }

  /**
   * Asks the database something simple.
   *
   * @throws RuntimeException when it does not answer
   */
  public void check() {
    reading.useHandle(handle -> handle.select("select 1").mapTo(Integer.class).one());
    writer.write(tx -> null);
  }

  /** Waits for the writes under way, then closes every connection. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
