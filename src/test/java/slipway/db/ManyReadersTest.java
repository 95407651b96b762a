package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.AnyContainer;
import slipway.harness.NewDatabase;
import slipway.health.BusyException;

class ManyReadersTest {
  private static final long MOST_LOG = 1 << 20;
  private static final int ROUNDS = AnyContainer.ALL ? 2 : 1;

  @TempDir Path folder;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final List<CompletableFuture<Void>> readers = new ArrayList<>();
  private Database database;

  @BeforeEach
  void open() throws IOException {
    NewDatabase.put(folder.resolve("a.db"));
    database = Database.open(folder.resolve("a.db"), MOST_LOG);
    database.execute("create table a (b)");
  }

  @AfterEach
  void close() {
    isOver.set(true);
    readers.forEach(CompletableFuture::join);
    database.close();
  }

  private void begin(Runnable reader) {
    readers.add(CompletableFuture.runAsync(reader, task -> new Thread(task).start()));
  }

  private static Void read(Handle handle, int millis) throws InterruptedException {
    handle.begin();
    handle.select("select count(*) from a").mapTo(Integer.class).one();
    Thread.sleep(millis);
    handle.commit();
    return null;
  }

  private void readOn(int millis) {
    while (!isOver.get()) {
      try {
        database.read(handle -> read(handle, millis));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private long logBytes() {
    try {
      return Files.size(folder.resolve("a.db-wal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not as fast as the disk allows, as more writes would prove nothing more. */
  private void writeUntil(BooleanSupplier isEnough) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!isEnough.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still %d bytes", logBytes()).isLessThan(end);
      database.execute("insert into a (b) values (zeroblob(100000))");
      database.execute("delete from a");
      Thread.sleep(5);
    }
  }

  /** There is always somebody who reads: SQLite alone would never start the log over. */
  @Test
  void doNotLetTheLogGrowWithoutBounds() throws Exception {
    for (int i = 0; i < 4; i++) {
      begin(() -> readOn(30));
      Thread.sleep(7);
    }
    for (int i = 0; i < ROUNDS; i++) {
      writeUntil(() -> logBytes() > MOST_LOG);
      writeUntil(() -> logBytes() < MOST_LOG);
    }
  }

  /** There is no second in which all of them end. */
  @Test
  @Tag("faults")
  void doNotDoSoThoughEachReadsForLong() throws Exception {
    for (int i = 0; i < 4; i++) {
      begin(() -> readOn(3000));
      Thread.sleep(700);
    }
    writeUntil(() -> logBytes() > 6 * MOST_LOG);
    writeUntil(() -> logBytes() < MOST_LOG);
  }

  @Test
  void leaveConnectionsToThoseWhoLookUpOneRow() throws Exception {
    CountDownLatch scanning = new CountDownLatch(4);
    CountDownLatch letGo = new CountDownLatch(1);
    AtomicBoolean isRefused = new AtomicBoolean();
    for (int i = 0; i < 4; i++) {
      begin(
          () ->
              database.scan(
                  handle -> {
                    scanning.countDown();
                    await(letGo);
                    return null;
                  }));
    }
    scanning.await();
    for (int i = 0; i < 50; i++) {
      begin(
          () -> {
            try {
              database.scan(handle -> null);
            } catch (BusyException e) {
              isRefused.set(true);
            }
          });
    }
    int found = database.read(handle -> handle.select("select 1").mapTo(Integer.class).one());
    assertThat(found).isEqualTo(1);
    while (!isRefused.get()) {
      Thread.onSpinWait(); // Few wait, the others are told so.
    }
    assertThatThrownBy(() -> database.scan(handle -> null)).isInstanceOf(BusyException.class);
    letGo.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
