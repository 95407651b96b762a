package slipway.event;

import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The webhooks as a transaction sees them. Where the database has one writer, whose thread runs one
 * task after another, they are kept in memory between tasks, as every upload needs them: each task
 * sees the changes committed before it, and its own. Where there are many writers, each transaction
 * reads them, as only then does the database detect a conflict with a change of them.
 */
final class Listeners {
  private final boolean areKept;

  /** Null while they have to be read again. */
  private List<Webhook> kept;

  /** Distinguishes a read from those before a change. */
  private long changes;

  /**
   * None are kept yet.
   *
   * @param areKept whether the database has one writer
   */
  Listeners(boolean areKept) {
    this.areKept = areKept;
  }

  /** To be called by a task before it changes them, whether it is rolled back later or not. */
  Handle changed(Handle tx) {
    if (areKept) {
      kept = null;
      changes++;
    }
    return tx;
  }

  /**
   * Requests all. A transaction may read changes of its own that are rolled back, so the result is
   * kept only once it is committed.
   */
  Supplier<List<Webhook>> all(Handle tx) {
    if (!areKept) {
      return Webhooks.ask(tx);
    }
    List<Webhook> all = kept == null ? read(tx) : kept;
    return () -> all;
  }

  private List<Webhook> read(Handle tx) {
    List<Webhook> read = Webhooks.ask(tx).get();
    long before = changes;
    tx.afterCommit(
        () -> {
          if (changes == before) {
            kept = read;
          }
        });
    return read;
  }
}
