package slipway.db;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** One caller's work for the {@link Writer} and the promise that it is durable. */
final class Work<T> {
  /** Ends the writer. */
  static final Work<Void> LAST = new Work<>(tx -> null);

  final CompletableFuture<T> durable = new CompletableFuture<>();
  private final HandleCallback<T, ?> callback;
  private T result;
  private boolean hasThrown;

  /** Work that is done in a transaction, more than once where that is rolled back. */
  Work(HandleCallback<T, ?> callback) {
    this.callback = callback;
  }

  void run(Handle tx) throws Exception {
    hasThrown = true;
    result = callback.withHandle(tx);
    hasThrown = false;
  }

  /** Whether it threw when it was run last. */
  boolean hasThrown() {
    return hasThrown;
  }

  void committed() {
    durable.complete(result);
  }

  void failed(Throwable failure) {
    durable.completeExceptionally(failure);
  }
}
