package slipway.db;

import java.io.IOException;
import java.nio.file.Path;

/** A SQLite file that has the tables of this version, which are not looked through once more. */
public final class MigratedFile {
  private MigratedFile() {}

  /**
   * Opens it. To look through its tables costs more than most tests.
   *
   * @param file the database file, which is there
   */
  public static Database open(Path file) throws IOException {
    return new Database(
        SqliteEngine.open(file, LogLimit.MOST_BYTES, source -> source, source -> {}));
  }
}
