package slipway.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.db.NotReadException;
import slipway.db.NotWrittenException;
import slipway.db.UnknownOutcomeException;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.Relay;
import slipway.harness.TestPostgres;
import slipway.harness.WideText;
import slipway.health.BusyException;
import slipway.health.TextTooLongException;

/** What a database on a server does that one in a file cannot. */
@NeedsPostgres
class PostgresEngineTest {
  @TempDir Path folder;
  private String url;
  private int port;
  private Relay relay;
  private Database database;

  @BeforeEach
  void open() {
    url = TestPostgres.newDatabase(folder.resolve("test.db"));
    port = URI.create(url.substring("jdbc:".length())).getPort();
    relay = new Relay(port);
    database = open(Duration.ofSeconds(2), 4);
  }

  private Database open(Duration patience, int connections) {
    String relayed = url.replace(":" + port + "/", ":" + relay.port() + "/");
    return MigratedServer.open(new PostgresAddress(relayed, null, null, connections, patience));
  }

  @AfterEach
  void close() {
    database.close();
    relay.close();
  }

  private static int insert(Handle tx, String user) {
    return tx.execute("insert into app_user (username, created_at) values (?, 0)", user);
  }

  private List<String> users() {
    return database.read(
        handle ->
            handle
                .createQuery("select username from app_user order by username")
                .mapTo(String.class)
                .list());
  }

  /** No other try ends in anything else. */
  @Test
  void tellsATextThatIsTooLongForAnIndexFromTrouble() {
    String name = WideText.of(2000, 1);
    assertThatThrownBy(() -> database.write(tx -> insert(tx, name)))
        .isInstanceOf(TextTooLongException.class);
    assertThatThrownBy(
            () ->
                database.execute("insert into app_user (username, created_at) values (?, 0)", name))
        .isInstanceOf(TextTooLongException.class);
    assertThat(database.isWell()).isTrue();
    assertThat(users()).isEmpty();
  }

  @Test
  void doesWorksAgainThatWereInEachOthersWay() throws Exception {
    database.write(tx -> insert(tx, "a") + insert(tx, "b"));
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    List<CompletableFuture<Void>> works =
        List.of(later("a", "b", both, attempts), later("b", "a", both, attempts));
    for (CompletableFuture<Void> work : works) {
      work.get(30, TimeUnit.SECONDS);
    }
    assertThat(attempts).hasValueGreaterThan(2);
  }

  private CompletableFuture<Void> later(
      String first, String second, CyclicBarrier both, AtomicInteger attempts) {
    return CompletableFuture.runAsync(
        () ->
            database.write(
                tx -> {
                  touch(tx, first);
                  if (attempts.incrementAndGet() <= 2) {
                    meet(both);
                  }
                  return touch(tx, second);
                }));
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int touch(Handle tx, String user) {
    return tx.execute("update app_user set created_at = created_at + 1 where username = ?", user);
  }

  @Test
  void knowsWhatBecameOfACommitWhoseAnswerWasLost() throws Exception {
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      insert(tx, "a");
                      relay.loseAnswers();
                      return null;
                    }))
        .isInstanceOf(UnknownOutcomeException.class);
    // At once, or a little later where the machine is busy.
    CountDownLatch settled = new CountDownLatch(1);
    database.whenSettled(settled::countDown);
    assertThat(settled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(users()).containsExactly("a");
  }

  @Test
  @Tag("faults")
  void tellsOfADoubtOnceTheServerIsThereAgain() throws Exception {
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      insert(tx, "a");
                      relay.cut();
                      return null;
                    }))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class, e -> assertThat(e.isSettled()).isFalse());
    CountDownLatch settled = new CountDownLatch(1);
    database.whenSettled(settled::countDown);
    assertThat(settled.await(200, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(database::settle).isInstanceOf(NotReadException.class);
    relay.mend();
    assertThat(settled.await(30, TimeUnit.SECONDS)).isTrue();
    database.settle();
    assertThat(users()).isEmpty();
  }

  @Test
  @Tag("faults")
  void isBackWithoutARestartAfterTheServerWasAway() {
    relay.cut();
    assertThatThrownBy(this::users).isInstanceOf(NotReadException.class);
    assertThatThrownBy(() -> database.write(tx -> insert(tx, "a")))
        .isInstanceOf(NotWrittenException.class);
    assertThatThrownBy(() -> database.execute("delete from app_user"))
        .isInstanceOf(NotWrittenException.class);
    assertThat(database.isWell()).isFalse();
    relay.mend();
    Await.until("a write", this::isWritten);
    assertThat(users()).containsExactly("b");
    assertThat(database.isWell()).isTrue();
  }

  private boolean isWritten() {
    try {
      return database.write(tx -> insert(tx, "b")) == 1;
    } catch (NotWrittenException e) {
      return false;
    }
  }

  /** As after a restart of the server, when the pool has connections that are none any more. */
  @Test
  void writesThoughTheConnectionsOfBeforeAreGone() {
    database.write(tx -> insert(tx, "a"));
    relay.cut();
    relay.mend();
    database.write(tx -> insert(tx, "b"));
    assertThat(users()).containsExactly("a", "b");
  }

  /** They were in use a moment ago, so that the pool does not test them before they are used. */
  @Test
  void readsThoughTheConnectionsOfBeforeAreGone() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<CompletableFuture<Integer>> readers = List.of(meeting(both), meeting(both));
    for (CompletableFuture<Integer> reader : readers) {
      reader.get(30, TimeUnit.SECONDS);
    }
    relay.cut();
    relay.mend();
    assertThat(users()).isEmpty();
  }

  private CompletableFuture<Integer> meeting(CyclicBarrier both) {
    return CompletableFuture.supplyAsync(
        () ->
            database.read(
                handle -> {
                  meet(both);
                  return handle.select("select 1").mapTo(Integer.class).one();
                }));
  }

  /** It would take as long again, and keep its caller and a connection for twice the time. */
  @Test
  void repeatsNothingThatTookTooLong() {
    AtomicInteger attempts = new AtomicInteger();
    try (Database impatient = open(Duration.ofSeconds(1), 4)) {
      assertThatThrownBy(() -> impatient.read(handle -> sleep(handle, attempts)))
          .isInstanceOf(NotReadException.class)
          .hasMessage("The database did not answer in time");
    }
    assertThat(attempts).hasValue(1);
  }

  private static int sleep(Handle handle, AtomicInteger attempts) {
    attempts.incrementAndGet();
    return handle.select("select 1 from pg_sleep(5)").mapTo(Integer.class).one();
  }

  /** That takes seconds where a statement has a condition for each of many words. */
  @Test
  void compilesNoStatements() {
    String jit = database.read(handle -> handle.select("show jit").mapTo(String.class).one());
    assertThat(jit).isEqualTo("off");
    assertThat(
            database.<String, RuntimeException>write(
                tx -> tx.select("show jit").mapTo(String.class).one()))
        .isEqualTo("off");
  }

  @Test
  void saysThatItIsBusyWhereAllConnectionsAreUsed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Database small = open(Duration.ofSeconds(1), 4)) {
      List<CompletableFuture<Boolean>> readers = List.of(holding(small, end), holding(small, end));
      Thread.sleep(300);
      assertThatThrownBy(() -> small.read(handle -> handle.select("select 1")))
          .isInstanceOf(BusyException.class);
      end.countDown();
      for (CompletableFuture<Boolean> reader : readers) {
        assertThat(reader.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static CompletableFuture<Boolean> holding(Database database, CountDownLatch end) {
    return CompletableFuture.supplyAsync(
        () ->
            database.read(
                handle -> {
                  try {
                    return end.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }

  /** Each reads what the other writes: one after the other, only the first would have written. */
  @Test
  void doesWorksAsIfOneAfterTheOther() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    List<CompletableFuture<Void>> works =
        List.of(addToNone("a", both, attempts), addToNone("b", both, attempts));
    for (CompletableFuture<Void> work : works) {
      work.get(30, TimeUnit.SECONDS);
    }
    assertThat(users()).hasSize(1);
  }

  private CompletableFuture<Void> addToNone(
      String user, CyclicBarrier both, AtomicInteger attempts) {
    return CompletableFuture.runAsync(
        () ->
            database.write(
                tx -> {
                  long count = tx.select("select count(*) from app_user").mapTo(Long.class).one();
                  if (attempts.incrementAndGet() <= 2) {
                    meet(both);
                  }
                  return count == 0 ? insert(tx, user) : 0;
                }));
  }

  @Test
  void leavesOutWhatOthersHaveLocked() {
    database.write(tx -> insert(tx, "a") + insert(tx, "b"));
    List<String> seen =
        database.write(
            tx -> {
              tx.execute("update app_user set created_at = 1 where username = 'a'");
              return CompletableFuture.supplyAsync(
                      () ->
                          database.write(
                              other ->
                                  other
                                      .select(
                                          "select username from app_user" + database.skipLocked())
                                      .mapTo(String.class)
                                      .list()))
                  .join();
            });
    assertThat(seen).containsExactly("b");
  }

  @Test
  void keepsWhatIsWrittenSoftly() {
    database.soft(tx -> insert(tx, "a"));
    assertThat(users()).containsExactly("a");
  }

  @Test
  void leavesOutU0000() {
    database.write(tx -> insert(tx, "a\0b"));
    database.execute("insert into app_user (username, created_at) values (?, 0)", "c\0");
    assertThat(users()).containsExactly("ab", "c");
  }

  @Test
  void tellsWhatTimeItIs() {
    assertThat(Duration.between(database.now(), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(10));
  }
}
