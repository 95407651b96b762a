package slipway.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader.RowMapping;
import slipway.db.UnknownOutcomeException;
import slipway.harness.AtOnce;
import slipway.harness.NeedsPostgres;
import slipway.harness.Relay;
import slipway.harness.TestPostgres;

/** Statements whose answers nobody waits for are sent together, and hold together. */
@NeedsPostgres
class StatementsInOneMessageTest {
  private static final int TRIES = 10;

  private static final String INSERT = "insert into refold (what, position) values (?, ?)";
  private static final String ALL = "select what from refold order by what";
  private static final String LAST_TWO = "select what from refold order by what desc limit 2";
  private static final RowMapping<String> WHAT = row -> row.text("what");

  @TempDir Path folder;
  private Relay relay;
  private Database database;

  @BeforeEach
  void open() {
    String url = TestPostgres.newDatabase(folder.resolve("test.db"));
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    relay = new Relay(port);
    String relayed = url.replace(":" + port + "/", ":" + relay.port() + "/");
    database =
        MigratedServer.open(new PostgresAddress(relayed, null, null, 4, Duration.ofSeconds(10)));
    database.write(tx -> tx.execute("delete from refold"));
  }

  @AfterEach
  void close() {
    database.close();
    relay.close();
  }

  private List<String> all() {
    return rows(ALL);
  }

  private List<String> rows(String sql) {
    return database.read(handle -> Plain.query(handle, WHAT, sql));
  }

  private static Void insert(Handle tx, String... names) {
    for (String name : names) {
      Plain.later(tx, INSERT, name, "");
    }
    return null;
  }

  /**
   * How many messages a work takes with its commit, and how many until its end: the fewest of some
   * tries, as connections are opened and looked after meanwhile.
   */
  private List<Integer> messages(HandleCallback<Void, RuntimeException> work) {
    int fewest = Integer.MAX_VALUE;
    int fewestBefore = Integer.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      database.write(tx -> tx.execute("delete from refold"));
      int[] asked = new int[2];
      database.write(
          tx -> {
            asked[0] = relay.questions();
            work.withHandle(tx);
            asked[1] = relay.questions();
            return null;
          });
      fewest = Math.min(fewest, relay.questions() - asked[0]);
      fewestBefore = Math.min(fewestBefore, asked[1] - asked[0]);
    }
    return List.of(fewestBefore, fewest);
  }

  @Test
  void takeOneMessageWithTheirCommit() {
    assertThat(messages(tx -> insert(tx, "a", "b", "c"))).containsExactly(0, 1);
    assertThat(all()).containsExactly("a", "b", "c");
  }

  @Test
  void areSentWithTheFirstThatIsWaitedFor() {
    List<String> seen = new ArrayList<>();
    List<Integer> messages =
        messages(
            tx -> {
              seen.clear();
              insert(tx, "a");
              Supplier<List<String>> first = Plain.ask(tx, WHAT, ALL);
              insert(tx, "b", "c");
              Supplier<List<String>> second = Plain.ask(tx, WHAT, LAST_TWO);
              seen.addAll(second.get());
              seen.addAll(first.get());
              return null;
            });
    assertThat(seen).containsExactly("c", "b", "a");
    assertThat(messages).containsExactly(1, 2);
  }

  @Test
  void areSentBeforeAnyOther() {
    database.write(
        tx -> {
          insert(tx, "a");
          assertThat(tx.select(ALL).mapTo(String.class).list()).containsExactly("a");
          insert(tx, "b");
          assertThat(Plain.query(tx, WHAT, ALL)).containsExactly("a", "b");
          insert(tx, "c");
          return tx.execute("delete from refold where what < 'c'");
        });
    assertThat(all()).containsExactly("c");
  }

  @Test
  void takeManyRowsAsOneStatement() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Object[] {"w" + i, i == 7 ? "with \0 in it" : "a \"{\\,}' ü"});
    }
    assertThat(messages(tx -> laterEach(tx, rows))).containsExactly(0, 1);
    assertThat(all()).hasSize(1000);
    List<String> two =
        rows("select position as what from refold where what in ('w7', 'w8') order by refold.what");
    assertThat(two).containsExactly("with  in it", "a \"{\\,}' ü");
  }

  private static Void laterEach(Handle tx, List<Object[]> rows) {
    Plain.laterEach(tx, INSERT + " on conflict do nothing", rows);
    return null;
  }

  @Test
  void areUndoneAllWhereOneFails() {
    assertThatThrownBy(() -> database.write(tx -> insert(tx, "a", "b", "a", "c")))
        .isInstanceOf(RuntimeException.class)
        .isNotInstanceOf(UnknownOutcomeException.class);
    assertThat(all()).isEmpty();
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      insert(tx, "a", "a");
                      return Plain.ask(tx, WHAT, ALL).get();
                    }))
        .isInstanceOf(RuntimeException.class);
    assertThat(all()).isEmpty();
    database.write(tx -> insert(tx, "d"));
    assertThat(all()).containsExactly("d");
  }

  @Test
  void areForgottenWithAWorkThatFails() {
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      insert(tx, "a");
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    database.write(tx -> insert(tx, "b"));
    assertThat(all()).containsExactly("b");
  }

  @Test
  void haveNoAnswerOnceTheirTransactionIsUndone() {
    List<Supplier<List<String>>> asked = new ArrayList<>();
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      asked.add(Plain.ask(tx, WHAT, ALL));
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    assertThatThrownBy(asked.get(0)::get).isInstanceOf(RuntimeException.class);
  }

  /** One is done again that was in another's way. */
  @Test
  void areSentAgainWhereTheTransactionIsDoneAgain() throws Exception {
    database.write(tx -> insert(tx, "a"));
    AtOnce.run(
        4,
        i ->
            () -> {
              for (int k = 0; k < 10; k++) {
                database.write(
                    tx -> {
                      Plain.later(
                          tx, "update refold set position = position || 'x' where what = 'a'");
                      return null;
                    });
              }
              return null;
            });
    assertThat(rows("select position as what from refold").get(0)).hasSize(40);
  }
}
