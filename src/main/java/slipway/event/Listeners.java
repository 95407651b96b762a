package slipway.event;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The webhooks as the database's writer sees them, kept from transaction to transaction, as every
 * upload asks for them. Only within works of the writer, whose thread does one after another: so
 * each sees the changes that were committed before it, and those of its own transaction.
 */
final class Listeners {
  /** Null while they are to be read anew. */
  private List<Webhook> kept;

  /** Tells one reading from those before a change. */
  private long changes;

  /** To be called by a work before it changes them, be it rolled back later or not. */
  Handle changed(Handle tx) {
    kept = null;
    changes++;
    return tx;
  }

  /** What a transaction reads may be undone with it: it is kept once it is committed. */
  List<Webhook> all(Handle tx) {
    if (kept != null) {
      return kept;
    }
    List<Webhook> read = Webhooks.read(tx);
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
