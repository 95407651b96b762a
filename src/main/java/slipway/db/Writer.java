package slipway.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database. A commit costs a disk flush, so all that waits when
 * the flush before it ends goes into the next transaction (group commit).
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MOST_PER_COMMIT = 512;

  /** How long a commit waits for more works where several came at a time before. */
  private static final long PAUSE_NANOS = 500_000;

  private final LinkedBlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
  private final WriterMetrics metrics = new WriterMetrics();
  private final Jdbi jdbi;
  private final Thread thread;

  /** The thread's own, kept from commit to commit until one fails. */
  private Handle connection;

  private boolean closed;

  Writer(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = new Thread(this::run, "slipway-db-writer");
    thread.start();
  }

  <T, X extends Exception> T write(HandleCallback<T, X> callback) throws X {
    return done(new Work<>(callback));
  }

  int execute(String sql, Object... values) {
    return this.<Integer, RuntimeException>done(new Work<>(tx -> execute(tx, sql, values)));
  }

  /** Plain JDBC: to bind by JDBI costs more than such a statement itself. */
  private static int execute(Handle tx, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = tx.getConnection().prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  @SuppressWarnings("unchecked")
  private <T, X extends Exception> T done(Work<T> work) throws X {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("The database is closed");
      }
      queue.add(work);
    }
    try {
      return work.durable.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (X) e.getCause();
    }
  }

  private void run() {
    List<Work<?>> batch = new ArrayList<>();
    boolean last = false;
    boolean crowded = false;
    while (!last) {
      try {
        batch.add(queue.take());
        if (crowded) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        queue.drainTo(batch, MOST_PER_COMMIT);
        crowded = batch.size() > 1;
        last = batch.removeIf(work -> work == Work.LAST);
        commit(batch);
      } catch (InterruptedException e) {
        LOG.warn("The database writer goes on: it ends by close() only");
      } finally {
        batch.clear();
      }
    }
    disconnect();
  }

  /**
   * Commits works together. Where one throws, the others are done anew without it, and it alone
   * after them: that is rare, and a savepoint for each would copy every page it touches.
   */
  private void commit(List<Work<?>> works) {
    if (works.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try {
      connection()
          .useTransaction(
              tx -> {
                for (Work<?> work : works) {
                  work.run(tx);
                }
              });
      metrics.committed(works.size(), System.nanoTime() - start);
      works.forEach(Work::committed);
    } catch (Throwable e) {
      disconnect();
      Optional<Work<?>> thrower = works.stream().filter(Work::hasThrown).findAny();
      if (works.size() == 1 || thrower.isEmpty()) {
        works.forEach(work -> work.failed(e));
      } else {
        commit(works.stream().filter(work -> !work.hasThrown()).toList());
        commit(List.of(thrower.get()));
      }
    }
  }

  private Handle connection() {
    if (connection == null) {
      connection = jdbi.open();
    }
    return connection;
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (RuntimeException e) {
        LOG.warn("The writer's connection did not close well", e);
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(Work.LAST);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
