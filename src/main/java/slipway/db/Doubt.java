package slipway.db;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a failed commit leaves open, for the writer's thread.
 *
 * <p>Where the flush of the write-ahead log fails, the transaction's frames are in the log, but no
 * connection sees them. A crash now makes SQLite read the log again, and the transaction may be
 * there after all. The next commit is written over the frames: frames are chained by checksums, so
 * what is left of the old ones no longer counts, and as their pages are rewritten, its flush is not
 * fooled by Linux, which drops the pages of a failed one. So a small commit of its own settles the
 * doubt, before any other work is done: once it is durable, what a read tells is the truth. This
 * holds as long as some connection stays open, as else the log would be read again.
 */
final class Doubt {
  private static final Logger LOG = LoggerFactory.getLogger(Doubt.class);

  /** Writes the database's first page, whatever the value is. */
  static final String SETTLE = "pragma user_version = 1";

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private boolean open;

  /** How many of the waiting tasks wait for writes that have ended. */
  private int due;

  /** Runs something once all writes that have ended so far are settled. For any thread. */
  void whenSettled(Runnable then) {
    waiting.add(then);
  }

  /**
   * Notes that every write taken so far has ended and that others are taken next. Tasks added from
   * then on may wait for one of those whose caller has left before its end.
   */
  void beforeTaking() {
    due = waiting.size();
  }

  /** Takes note of a commit that failed. */
  void begin(Throwable failure) {
    open |= !isSureToBeGone(failure);
  }

  boolean isOpen() {
    return open;
  }

  /** Ends the doubt, if there is one, with a connection that is in no transaction. */
  void settle(Handle connection) {
    if (open) {
      connection.begin();
      connection.execute(SETTLE);
      connection.commit();
      open = false;
    }
    while (due > 0) {
      due--;
      try {
        waiting.remove().run();
      } catch (RuntimeException e) {
        LOG.warn("A task that waited for the outcome of a commit has failed", e);
      }
    }
  }

  /** A full disk stops a write, so that the last frame, which makes the commit, is not whole. */
  private static boolean isSureToBeGone(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
      }
    }
    return false;
  }
}
