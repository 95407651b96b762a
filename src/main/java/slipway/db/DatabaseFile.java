package slipway.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A database that is looked at before it is opened: nothing of it is changed, nor migrated. */
public final class DatabaseFile implements Reading {
  private static final int BUSY_MILLIS = 10_000;

  private final Jdbi jdbi;

  /**
   * One that no other process has open.
   *
   * @param file the database file, which must exist
   */
  public DatabaseFile(Path file) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    Path log = Path.of(file + "-wal");
    // Without a log all is in the file; else SQLite would make one, and leave it there.
    boolean isWhole = !Files.exists(log) || Files.size(log) == 0;
    source.setUrl(
        "jdbc:sqlite:file:" + file.toUri().getRawPath() + (isWhole ? "?immutable=1" : ""));
    this.jdbi = Jdbi.create(source);
  }

  /** Whether there is a table of that name; those of earlier versions are fewer. */
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
