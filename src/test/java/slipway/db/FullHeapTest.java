package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import slipway.harness.NewDatabase;

/** A heap that is full for a while costs no connection. */
class FullHeapTest {
  /** More than a write and its end call of a driver. */
  private static final int CALLS = 40;

  /** The writer's, the readers', and the one that is always open. */
  private static final int MOST_OPEN = 10;

  @TempDir Path folder;
  private final AtomicInteger callsToTheError = new AtomicInteger(-1);
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean isFull;
  private Database database;

  /** Each failure is told, with its trace. */
  private static void tell(Level level) {
    for (Class<?> type : List.of(OwnConnection.class, Transactions.class)) {
      ((Logger) LoggerFactory.getLogger(type)).setLevel(level);
    }
  }

  @BeforeEach
  void open() throws IOException {
    tell(Level.OFF);
    NewDatabase.put(folder.resolve("a.db"));
    database = Database.open(folder.resolve("a.db"), LogLimit.MOST_BYTES, this::failing);
    database.execute("create table a (b)");
  }

  @AfterEach
  void close() {
    tell(null);
    isFull = false;
    database.close();
    assertThat(open).as("connections left open").hasValue(0);
  }

  private DataSource failing(DataSource driver) {
    return proxy(DataSource.class, (proxy, method, args) -> failing(call(driver, method, args)));
  }

  private Object failing(Object made) {
    if (!(made instanceof Connection driver)) {
      return made;
    }
    open.incrementAndGet();
    return proxy(
        Connection.class,
        (proxy, method, args) -> {
          boolean closes = method.getName().equals("close") && !driver.isClosed();
          Object result = call(driver, method, args);
          open.addAndGet(closes ? -1 : 0);
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object driver, Method method, Object[] args) throws Throwable {
    if (isFull || callsToTheError.getAndDecrement() == 0) {
      throw new OutOfMemoryError("as a test has it");
    }
    try {
      return method.invoke(driver, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void tryTo(Call call) {
    try {
      call.run();
    } catch (Exception | Error e) {
      // As it was told to.
    }
  }

  private void areAllThere() {
    callsToTheError.set(-1);
    assertThatCode(() -> database.execute("insert into a values (1)")).doesNotThrowAnyException();
    assertThat(database.isWell()).isTrue();
    assertThat(database.<Integer, RuntimeException>read(FullHeapTest::count)).isPositive();
    assertThat(open).hasValueLessThanOrEqualTo(MOST_OPEN);
  }

  private static int count(Handle handle) {
    return handle.select("select count(*) from a").mapTo(Integer.class).one();
  }

  private static Void throwing(Handle handle) {
    throw new IllegalArgumentException("as a test has it");
  }

  /** A write that throws has its connection closed, and the next one opens another. */
  @Test
  void losesNoneOfTheWritersWhicheverCallOfTheDriverFails() {
    for (int call = 0; call < CALLS; call++) {
      callsToTheError.set(call);
      tryTo(() -> database.write(FullHeapTest::throwing));
      tryTo(() -> database.execute("insert into a values (1)"));
      areAllThere();
    }
  }

  @Test
  void losesNoneOfTheReadersWhicheverCallOfTheDriverFails() {
    for (int call = 0; call < CALLS; call++) {
      callsToTheError.set(call);
      tryTo(() -> database.read(FullHeapTest::count));
      tryTo(() -> database.read(FullHeapTest::throwing));
      tryTo(
          () ->
              database.read(
                  handle -> {
                    handle.begin();
                    return count(handle);
                  }));
      areAllThere();
    }
  }

  /** As long as the heap is full, nothing is written, and that is told. */
  @Test
  void tellsThatTheWriterWritesNothing() {
    tryTo(() -> database.write(FullHeapTest::throwing));
    isFull = true;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> database.execute("insert into a values (1)"))
          .isInstanceOf(NotWrittenException.class);
      assertThat(database.isWell()).isFalse();
    }
    isFull = false;
    areAllThere();
  }

  /** An open one would keep the log from being started over. */
  @Test
  void endsStatementsThatAreLeftOpen() throws SQLException {
    database.execute("insert into a values (1), (2)");
    int first =
        database.read(
            handle -> handle.select("select b from a").mapTo(Integer.class).iterator().next());
    assertThat(first).isEqualTo(1);
    database.execute("insert into a values (3)");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        Statement statement = other.createStatement()) {
      statement.execute("pragma busy_timeout = 100");
      try (ResultSet busy = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
        assertThat(busy.getInt(1)).isZero();
      }
    }
  }
}
