package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import slipway.db.Database;
import slipway.db.MigratedFile;

/**
 * A database that has its tables, and nothing else: a copy of one that is made once a build, as to
 * make it by all its migrations, or to see that none is due, costs more than most tests. What tests
 * the migrations or the first start makes it by itself.
 */
public final class NewDatabase {
  /** Those that were put somewhere. */
  private static final Set<Path> PUT = ConcurrentHashMap.newKeySet();

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
    return PUT.contains(file) ? MigratedFile.open(file) : Database.open(file);
  }

  /** Puts the file of a new database there. */
  public static void put(Path file) throws IOException {
    Files.copy(made(), file);
    PUT.add(file);
  }

  private static synchronized Path made() {
    if (made == null) {
      String name = Kept.name(List.of(), Build.schema()) + ".db";
      made = Kept.of(name, file -> Database.open(file).close());
    }
    return made;
  }
}
