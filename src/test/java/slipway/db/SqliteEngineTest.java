package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a database that is kept in some. */
class SqliteEngineTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static int insert(Handle tx, int user) {
    return tx.execute(
        "insert into app_user (username, created_at) values (?, 0)", Integer.toString(user));
  }

  @Test
  void letsNobodyElseReadItsFiles() throws IOException {
    database.write(tx -> insert(tx, 1));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSizeGreaterThan(1)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void commitsWithAFullFlushToTheWriteAheadLog() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2"); // FULL
  }

  private String pragma(String name) {
    return database.write(tx -> tx.createQuery("pragma " + name).mapTo(String.class).one());
  }

  /** A full disk has no space for pages of the log that do not fit into the file yet. */
  @Test
  void hasItsFileGrowWithItsLog() throws Exception {
    database.write(tx -> tx.execute("create table a (b)"));
    database.write(tx -> tx.execute("insert into a values (zeroblob(3000000))"));
    Thread.sleep(60);
    database.write(tx -> insert(tx, 1));
    database.check(); // What follows that write is done.
    assertThat(Files.size(folder.resolve("test.db"))).isGreaterThan(3_000_000);
  }
}
