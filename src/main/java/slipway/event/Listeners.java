package slipway.event;

import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The webhooks as a transaction sees them. Where the database has one writer, whose thread does one
 * work after another, they are kept from work to work, as every upload asks for them: each sees the
 * changes that were committed before it, and those of its own. Where there are many, each reads
 * them: only so does the database know that it is in the way of a change of them, or a change in
 * its way.
 */
final class Listeners {
  private final boolean areKept;

  /** Null while they are to be read again. */
  private List<Webhook> kept;

  /** Tells one reading from those before a change. */
  private long changes;

  /**
   * None are kept yet.
   *
   * @param areKept whether the database has one writer
   */
  Listeners(boolean areKept) {
    this.areKept = areKept;
  }

  /** To be called by a task before it changes them, be it rolled back later or not. */
  Handle changed(Handle tx) {
    if (areKept) {
      kept = null;
      changes++;
    }
    return tx;
  }

  /**
   * Asks for all. What a transaction reads may be undone with it: it is kept once it is committed.
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
