package slipway.db.postgres;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a transaction, and how it ended. */
final class PgTransaction<T, X extends Exception> {
  private static final Logger LOG = LoggerFactory.getLogger(PgTransaction.class);

  private final Pool pool;
  private final HandleCallback<T, X> work;
  private final Durability durability;
  private String connectionName;
  private boolean committing;
  private boolean committed;
  private boolean undone;
  private T result;

  PgTransaction(Pool pool, HandleCallback<T, X> work, Durability durability) {
    this.pool = pool;
    this.work = work;
    this.durability = durability;
  }

  /** Runs it; null when it was committed, else the reason why not. */
  Throwable run() {
    try (Handle tx = pool.open()) {
      return run(tx);
    } catch (Throwable e) {
      if (committed) {
        LOG.warn("A task that follows a commit has failed", e);
        return null;
      }
      undone |= !committing;
      return e;
    }
  }

  private Throwable run(Handle tx) {
    try {
      connectionName = Pool.name(tx.getConnection());
      tx.begin();
      tx.afterCommit(() -> committed = true);
      if (durability == Durability.SOFT) {
        tx.execute("set local synchronous_commit = off");
      }
      result = work.withHandle(tx);
      committing = true;
      tx.commit();
      return null;
    } catch (Throwable e) {
      if (committed) {
        LOG.warn("A task that follows a commit has failed", e);
        return null;
      }
      undone = !committing || !SqlState.isLost(e);
      rollBack(tx);
      return e;
    }
  }

  private static void rollBack(Handle tx) {
    try {
      if (tx.isInTransaction()) {
        tx.rollback();
      }
    } catch (RuntimeException e) {
      LOG.debug("A transaction could not be rolled back: its connection is dropped", e);
    }
  }

  T result() {
    return result;
  }

  /** Whether it is certain that nothing of it is in the database. */
  boolean isUndone() {
    return undone;
  }

  /** The name by which the server knows the connection; null where there was none. */
  String connectionName() {
    return connectionName;
  }
}
