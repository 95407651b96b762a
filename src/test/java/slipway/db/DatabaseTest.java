package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class DatabaseTest {
  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
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
  void tellsNoValuesOfAStatementThatFails() {
    String sql = "insert into app_user (username, created_at) values (?, null)";
    assertThatThrownBy(() -> database.write(tx -> tx.execute(sql, "a-secret")))
        .hasMessageContaining("created_at")
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
  void refusesToWriteOnceClosed() {
    database.close();
    assertThatThrownBy(() -> database.write(tx -> insert(tx, 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
