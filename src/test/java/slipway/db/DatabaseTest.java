package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
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

  private List<String> users() {
    return database.read(
        handle ->
            handle
                .createQuery("select username from app_user order by user_id")
                .mapTo(String.class)
                .list());
  }

  @Test
  void keepsWhatWasWrittenOverAReopening() throws IOException {
    database.write(tx -> insert(tx, 1));
    database.close();
    open();
    assertThat(users()).containsExactly("1");
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
  void tellsNoValuesOfAStatementThatFails() {
    String sql = "insert into app_user (username, created_at) values (?, null)";
    assertThatThrownBy(() -> database.write(tx -> tx.execute(sql, "a-secret")))
        .hasMessageContaining("app_user.created_at")
        .hasMessageNotContaining("a-secret");
    assertThatThrownBy(() -> database.read(tx -> tx.execute(sql, "a-secret")))
        .hasMessageNotContaining("a-secret");
  }

  @Test
  void rollsBackAWorkThatThrowsAndThatWorkAlone() {
    List<CompletableFuture<Boolean>> works =
        IntStream.range(0, 40)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> write(i)))
            .toList();
    assertThat(works.stream().map(CompletableFuture::join).filter(done -> done)).hasSize(20);
    assertThat(users())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).filter(i -> i % 2 == 0).mapToObj(Integer::toString).toList());
  }

  private boolean write(int i) {
    try {
      database.write(
          tx -> {
            insert(tx, i);
            if (i % 2 == 1) {
              throw new IOException("odd");
            }
            return null;
          });
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessage("odd");
      return false;
    }
  }

  @Test
  void passesOnWhatAWorkThrew() {
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      throw new IOException("mine");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("mine");
  }

  @Test
  void commitsWithAFullFlushToTheWriteAheadLog() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2"); // FULL
  }

  private String pragma(String name) {
    return database.write(tx -> tx.createQuery("pragma " + name).mapTo(String.class).one());
  }

  /** What a log has that the file has no room for yet, a full disk has none for either. */
  @Test
  void hasItsFileGrowWithItsLog() throws Exception {
    database.write(tx -> tx.execute("create table a (b)"));
    database.write(tx -> tx.execute("insert into a values (zeroblob(3000000))"));
    Thread.sleep(60);
    database.write(tx -> insert(tx, 1));
    database.check(); // What follows that write is done.
    assertThat(Files.size(folder.resolve("test.db"))).isGreaterThan(3_000_000);
  }

  @Test
  void refusesToWriteOnceClosed() {
    database.close();
    assertThatThrownBy(() -> database.write(tx -> insert(tx, 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
