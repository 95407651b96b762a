package slipway.db;

import java.nio.file.Path;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A database file that is inspected before it is opened: nothing in it is changed or migrated. */
public final class DatabaseFile implements Reading {
  private static final int BUSY_MILLIS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);

  private final Jdbi jdbi;

  /**
   * A database file that no other process has open.
   *
   * @param file the database file, which must exist
   */
  public DatabaseFile(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    // Without a log everything is in the file; otherwise SQLite would create a log and leave it
    // there.
    boolean isWhole = LogLimit.ofDatabase(file) == 0;
    if (!isWhole && SqliteEngine.reserve(file).giveIfFull()) {
      LOG.info(
          "The disk is full: {} is read using the reserved space, because its log is not empty",
          file);
    }
    source.setUrl(
        "jdbc:sqlite:file:" + file.toUri().getRawPath() + (isWhole ? "?immutable=1" : ""));
    this.jdbi = Jdbi.create(source);
  }

  /** Whether there is a table of that name; earlier versions have fewer tables. */
  public boolean hasTable(String name) {
    return read(
        handle ->
            handle
                .select("select 1 from sqlite_master where type = 'table' and name = ?", name)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    return jdbi.withHandle(query);
  }
}
