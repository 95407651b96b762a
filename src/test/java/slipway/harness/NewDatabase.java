package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import slipway.db.Database;

/**
 * A database that has its tables, and nothing else: a copy, as to make it by all its migrations
 * costs more than most tests. What tests the migrations or the first start makes it by itself.
 */
public final class NewDatabase {
  private static Path made;

  private NewDatabase() {}

  /**
   * Opens a new database, or the one that is there.
   *
   * @param file where it is to be; its folder exists
   */
  public static Database open(Path file) throws IOException {
    if (Files.notExists(file)) {
      put(file);
    }
    return Database.open(file);
  }

  /** Puts the file of a new database there. */
  public static void put(Path file) throws IOException {
    Files.copy(made(), file);
  }

  private static synchronized Path made() throws IOException {
    if (made == null) {
      Path file = Build.newFolder("new-databases", "made").resolve("slipway.db");
      Database.open(file).close();
      made = file;
    }
    return made;
  }
}
