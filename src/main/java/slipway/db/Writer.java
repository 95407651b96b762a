package slipway.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database. A commit costs a disk flush, so all that waits when
 * the flush before it ends goes into the next transaction (group commit), each in a savepoint.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MOST_PER_COMMIT = 512;
  private static final String SAVEPOINT = "work";

  private final LinkedBlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
  private final Jdbi jdbi;
  private final Thread thread;
  private final WriterMetrics metrics = new WriterMetrics();

  /** The thread's own, kept from commit to commit until one fails. */
  private Handle connection;

  private boolean closed;

  Writer(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = new Thread(this::run, "slipway-db-writer");
    thread.start();
  }

  @SuppressWarnings("unchecked")
  <T, X extends Exception> T write(HandleCallback<T, X> callback) throws X {
    Work<T> work = new Work<>(callback);
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
    while (!last) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch, MOST_PER_COMMIT);
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

  private void commit(List<Work<?>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try {
      connection().useTransaction(tx -> batch.forEach(work -> work.run(tx)));
      metrics.committed(batch.size(), System.nanoTime() - start);
      batch.forEach(Work::succeed);
    } catch (Throwable e) {
      batch.forEach(work -> work.fail(e));
      disconnect();
    }
  }

  /** Opening a connection costs more than most commits do. */
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

  /** One caller's work and the promise that it is durable. */
  private static final class Work<T> {
    static final Work<Void> LAST = new Work<>(tx -> null);

    final HandleCallback<T, ?> callback;
    final CompletableFuture<T> durable = new CompletableFuture<>();
    private T result;
    private Throwable failure;

    Work(HandleCallback<T, ?> callback) {
      this.callback = callback;
    }

    void run(Handle tx) {
      tx.savepoint(SAVEPOINT);
      try {
        result = callback.withHandle(tx);
        tx.releaseSavepoint(SAVEPOINT);
      } catch (Throwable e) {
        failure = e;
        tx.rollbackToSavepoint(SAVEPOINT);
      }
    }

    void succeed() {
      if (failure == null) {
        durable.complete(result);
      } else {
        durable.completeExceptionally(failure);
      }
    }

    void fail(Throwable commitFailure) {
      durable.completeExceptionally(failure == null ? commitFailure : failure);
    }
  }
}
