package slipway.db;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** One caller's work for the {@link Writer} and the promise that it is durable. */
final class Work<T> {
  /** Ends the writer. */
  static final Work<Void> LAST = new Work<>(tx -> null, true);

  private static final String SAVEPOINT = "work";

  final CompletableFuture<T> durable = new CompletableFuture<>();
  private final HandleCallback<T, ?> callback;
  private final boolean undoable;
  private T result;
  private Throwable failure;

  /**
   * Work that is done in a transaction.
   *
   * @param undoable whether it is rolled back alone when it throws, for the price of a savepoint;
   *     else the transaction is
   */
  Work(HandleCallback<T, ?> callback, boolean undoable) {
    this.callback = callback;
    this.undoable = undoable;
  }

  void run(Handle tx) throws Exception {
    if (!undoable) {
      result = callback.withHandle(tx);
      return;
    }
    tx.savepoint(SAVEPOINT);
    try {
      result = callback.withHandle(tx);
      tx.releaseSavepoint(SAVEPOINT);
    } catch (Throwable e) {
      failure = e;
      tx.rollbackToSavepoint(SAVEPOINT);
    }
  }

  void committed() {
    if (failure == null) {
      durable.complete(result);
    } else {
      durable.completeExceptionally(failure);
    }
  }

  void failed(Throwable commitFailure) {
    durable.completeExceptionally(failure == null ? commitFailure : failure);
  }
}
