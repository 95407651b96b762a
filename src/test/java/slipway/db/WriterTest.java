package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WriterTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** The call of a connection that fails next, and how. */
  private final AtomicReference<String> failing = new AtomicReference<>("none");

  private volatile Throwable how;
  private Writer writer;

  @BeforeEach
  void open() {
    writer = writer(LONG);
    writer.execute("create table a (b)");
  }

  private Writer writer(Duration mostWait) {
    return new Writer(this::connect, mostWait);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private Connection connect() throws SQLException {
    fail("connect");
    Connection real = DriverManager.getConnection(url());
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              fail(method.getName());
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("a.db") + "?busy_timeout=100&transaction_mode=IMMEDIATE";
  }

  private void fail(String call) {
    if (failing.compareAndSet(call, "none")) {
      WriterTest.<RuntimeException>raise(how);
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void raise(Throwable failure) throws X {
    throw (X) failure;
  }

  private void failNext(String call, Throwable failure) {
    how = failure;
    failing.set(call);
  }

  private int insert(int b) {
    return writer.execute("insert into a values (?)", b);
  }

  private List<Integer> rows() {
    return writer.write(tx -> tx.select("select b from a order by b").mapTo(Integer.class).list());
  }

  private static int endlessly(int depth) {
    return depth == Integer.MAX_VALUE ? 0 : endlessly(depth + 1) + 1;
  }

  @Test
  void survivesErrorsInWorksWhichAreRolledBack() {
    assertThatThrownBy(
            () ->
                writer.write(
                    tx -> {
                      tx.execute("insert into a values (1)");
                      throw new OutOfMemoryError("as a test has it");
                    }))
        .isInstanceOf(NotWrittenException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> writer.write(tx -> endlessly(0)))
        .isInstanceOf(NotWrittenException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    insert(2);
    assertThat(rows()).containsExactly(2);
    assertThat(writer.isWell()).isTrue();
  }

  @Test
  void doesTheOthersOfACommitInWhichWorksThrow() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> first = later(() -> writer.write(tx -> go.await(20, TimeUnit.SECONDS)));
    List<CompletableFuture<Void>> works = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int b = i;
      works.add(later(() -> writer.write(tx -> insertOrThrow(tx, b))));
    }
    Thread.sleep(200);
    go.countDown();
    first.join();
    long failed = works.stream().filter(work -> work.handle((v, e) -> e != null).join()).count();
    assertThat(failed).isEqualTo(10);
    assertThat(rows()).hasSize(20).allMatch(b -> b % 3 != 0);
  }

  private static int insertOrThrow(Handle tx, int b) {
    tx.execute("insert into a values (?)", b);
    if (b % 3 == 0) {
      throw new OutOfMemoryError("as a test has it");
    }
    return 1;
  }

  private interface Call {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> later(Call call) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                call.run();
                end.complete(null);
              } catch (Exception e) {
                end.completeExceptionally(e);
              }
            })
        .start();
    return end;
  }

  @Test
  void doesNotKnowHowACommitEndedThatFails() {
    for (Throwable failure :
        List.of(new OutOfMemoryError("as a test has it"), new SQLException("as a test has it"))) {
      failNext("commit", failure);
      assertThatThrownBy(() -> insert(1)).isInstanceOf(UnknownOutcomeException.class);
      insert(2);
    }
    assertThat(rows()).containsExactly(2, 2);
  }

  @Test
  void saysThatNothingWasWrittenWhereNoTransactionBegan() {
    for (String call : List.of("connect", "setAutoCommit", "prepareStatement")) {
      closeTheConnection();
      failNext(call, new OutOfMemoryError("as a test has it"));
      assertThatThrownBy(() -> insert(1)).as(call).isInstanceOf(NotWrittenException.class);
    }
    insert(2);
    assertThat(rows()).containsExactly(2);
  }

  /** A work that throws has its transaction rolled back, and its connection closed. */
  private void closeTheConnection() {
    assertThatThrownBy(
            () ->
                writer.write(
                    tx -> {
                      throw new IllegalStateException("closes the connection");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settlesADoubtBeforeItWritesAnythingElse() {
    AtomicReference<List<Integer>> seen = new AtomicReference<>();
    failNext("commit", new SQLException("as a test has it"));
    assertThatThrownBy(() -> insert(1))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class, e -> assertThat(e.isSettled()).isTrue());
    writer.whenSettled(() -> seen.set(List.of(3)));
    insert(2);
    assertThat(seen.get()).containsExactly(3);
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void settlesNothingOfACommitThatIsRunAgain() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    AtomicReference<List<Integer>> seen = new AtomicReference<>();
    CompletableFuture<Void> first = later(() -> writer.write(tx -> go.await(20, TimeUnit.SECONDS)));
    Thread.sleep(100);
    CompletableFuture<Void> leaving = later(() -> leave(seen, left));
    Thread.sleep(100);
    CompletableFuture<Void> throwing = later(() -> writer.write(tx -> throwAfter(left)));
    Thread.sleep(100);
    go.countDown();
    assertThatThrownBy(throwing::join).hasCauseInstanceOf(IllegalStateException.class);
    leaving.join();
    first.join();
    insert(2);
    assertThat(seen.get()).as("what its caller sees once it is settled").containsExactly(1);
  }

  /** Writes, and does not wait for the end. */
  private void leave(AtomicReference<List<Integer>> seen, CountDownLatch left) {
    assertThatThrownBy(
            () -> writer.write(tx -> tx.execute("insert into a values (1)"), Duration.ofSeconds(1)))
        .isInstanceOf(UnknownOutcomeException.class);
    writer.whenSettled(
        () ->
            seen.set(
                Jdbi.create(url())
                    .withHandle(h -> h.select("select b from a").mapTo(Integer.class).list())));
    left.countDown();
  }

  private static int throwAfter(CountDownLatch left) throws InterruptedException {
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    throw new IllegalStateException("as a test has it");
  }

  @Test
  void hasWrittenWhatIsCommittedThoughWhatFollowsFails() {
    int rows =
        writer.write(
            tx -> {
              tx.afterCommit(
                  () -> {
                    throw new OutOfMemoryError("as a test has it");
                  });
              return tx.execute("insert into a values (1)");
            });
    assertThat(rows).isEqualTo(1);
    insert(2);
    assertThat(rows()).containsExactly(1, 2);
  }

  @Test
  void survivesAConnectionThatNeitherRollsBackNorCloses() {
    for (String call : List.of("rollback", "close")) {
      assertThatThrownBy(
              () ->
                  writer.write(
                      tx -> {
                        failNext(call, new OutOfMemoryError("as a test has it"));
                        throw new IllegalArgumentException("mine");
                      }))
          .hasMessage("mine");
    }
    insert(2);
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void saysThatNothingWasWrittenWhileAnotherHasTheLock() throws Exception {
    try (Connection other = DriverManager.getConnection(url());
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      ListAppender<ILoggingEvent> log = new ListAppender<>();
      log.start();
      Logger logger = (Logger) LoggerFactory.getLogger(Transactions.class);
      logger.addAppender(log);
      assertThatThrownBy(() -> insert(1)).isInstanceOf(NotWrittenException.class);
      logger.detachAppender(log);
      assertThat(log.list).as("what the caller is told needs no trace").isEmpty();
      statement.execute("rollback");
    }
    insert(2);
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void letsNobodyWaitForEverWhileAWorkIsStuck() throws Exception {
    writer.close();
    writer = writer(Duration.ofMillis(300));
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Void> stuck = later(() -> writer.write(tx -> go.await(20, TimeUnit.SECONDS)));
    Thread.sleep(50);
    CompletableFuture<Void> waiting =
        later(() -> writer.write(tx -> ran.compareAndSet(false, true)));
    assertThatThrownBy(stuck::join).hasCauseInstanceOf(UnknownOutcomeException.class);
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(NotWrittenException.class);
    assertThat(writer.isWell()).isFalse();
    assertThatThrownBy(() -> insert(1)).isInstanceOf(NotWrittenException.class);
    go.countDown();
    while (!writer.isWell()) {
      Thread.sleep(5);
    }
    insert(2);
    assertThat(ran).isFalse();
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void doesNotWaitForItself() {
    assertThatThrownBy(() -> writer.write(tx -> insert(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
