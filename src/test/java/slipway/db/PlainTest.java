package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class PlainTest {
  @Parameter TestedDatabase on;

  private static final String INSERT = "insert into word (word, count) values (?, ?)";
  private static final String READ = "select word, count from word where word >= ? order by word";

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
    database.write(tx -> tx.execute("create table word (word text primary key, count integer)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> words(String from) {
    return database.read(
        handle ->
            Plain.query(
                handle, row -> row.text("word") + "=" + row.numberOrNull("count"), READ, from));
  }

  private int insert(String word, Integer count) {
    return database.write(tx -> Plain.execute(tx, INSERT, word, count));
  }

  @Test
  void runsTheSameStatementAgainAndAgainWithOtherValues() {
    for (int i = 0; i < 3; i++) {
      assertThat(insert("w" + i, i == 1 ? null : i)).isEqualTo(1);
      assertThat(words("w" + i)).hasSize(1);
    }
    assertThat(words("w")).containsExactly("w0=0", "w1=null", "w2=2");
  }

  @Test
  void tellsOfEachOfManyWhetherItChangedSomething() {
    insert("z", 0);
    String copy = "insert into word (word, count) select ?, count + ? from word where word = 'z'";
    List<Object[]> each =
        List.of(new Object[] {"a", 1}, new Object[] {"a", 2}, new Object[] {"b", 3});
    int[] changed =
        database.write(tx -> Plain.executeEach(tx, copy + " on conflict do nothing", each));
    assertThat(changed).containsExactly(1, 0, 1);
    assertThat(words("")).containsExactly("a=1", "b=3", "z=0");
  }

  @Test
  void makesEachOfMany() {
    List<Object[]> each =
        List.of(new Object[] {"a", 1}, new Object[] {"a", 2}, new Object[] {"b", 3});
    database.write(tx -> Plain.executeEach(tx, INSERT + " on conflict do nothing", each));
    assertThat(words("")).containsExactly("a=1", "b=3");
  }

  @Test
  void goesOnAfterAFailureAndTellsNoValues() {
    database.write(tx -> Plain.execute(tx, INSERT, "secret", 1));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> database.write(tx -> Plain.execute(tx, INSERT, "secret", 2)))
          .isInstanceOf(JdbiException.class)
          .message()
          .containsIgnoringCase("unique")
          .doesNotContain("secret");
    }
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      Plain.execute(tx, INSERT, "undone", 1);
                      Plain.executeEach(
                          tx, INSERT, List.of(new Object[] {"b", 1}, new Object[] {"b", 2}));
                      return null;
                    }))
        .isInstanceOf(JdbiException.class);
    database.write(tx -> Plain.execute(tx, INSERT, "b", 7));
    assertThat(words("")).containsExactly("b=7", "secret=1");
  }

  /** PostgreSQL undoes the whole transaction. */
  @Test
  void goesOnInTheSameTransactionAfterAFailureThatWasCaught() {
    on.assumeSqlite();
    database.write(
        tx -> {
          Plain.execute(tx, INSERT, "a", 1);
          assertThatThrownBy(() -> Plain.execute(tx, INSERT, "a", 2))
              .isInstanceOf(JdbiException.class);
          return Plain.execute(tx, INSERT, "b", 3);
        });
    assertThat(words("")).containsExactly("a=1", "b=3");
  }
}
