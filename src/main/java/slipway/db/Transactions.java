package slipway.db;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.DiskNews;

/**
 * The writer's connection, with one transaction at a time. For one thread, unless a method says
 * otherwise.
 */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private final OwnConnection own;
  private final UnaryOperator<Throwable> diagnosis;
  private final DiskNews news =
      new DiskNews(
          "The database finds its disk full: what is to be written is refused until there is room",
          "The database's disk has room again");
  private final Doubt doubt = new Doubt();

  /** Kept from commit to commit until one fails. */
  private Handle connection;

  private boolean committed;
  private volatile boolean takesWrites = true;

  /**
   * On that database.
   *
   * @param diagnosis turns a failure into one that says more
   */
  Transactions(OwnConnection own, UnaryOperator<Throwable> diagnosis) {
    this.own = own;
    this.diagnosis = diagnosis;
  }

  /**
   * Runs tasks in one transaction and commits it. On return all of them have ended; or, if one
   * threw, nothing has been written and none has ended.
   *
   * @return which of several tasks threw; -1 when all have ended
   */
  int commit(List<Work<?>> works) {
    int running = -1;
    boolean committing = false;
    committed = false;
    try {
      doubt.settle(connected());
      Handle tx = begin();
      long before = changes();
      for (int i = 0; i < works.size(); i++) {
        running = i;
        works.get(i).run(tx);
      }
      committing = true;
      tx.commit();
      takesWrites = true;
      end(works, null);
      lookAtRoom(before);
      return -1;
    } catch (Throwable e) {
      if (committed) {
        // Only what follows a commit has failed.
        end(works, null);
        OwnConnection.tell(LOG, "A task that follows a commit has failed", e);
        return -1;
      }
      rollBack(running >= 0);
      return failed(works, running, committing, diagnosed(e));
    }
  }

  private int failed(List<Work<?>> works, int running, boolean committing, Throwable why) {
    boolean isFull = Trouble.isFull(why);
    if (isFull) {
      news.full();
    }
    if (!committing) {
      return refused(works, running, why);
    }
    doubt.begin(why);
    takesWrites &= isFull;
    end(works, why);
    if (!isFull) {
      OwnConnection.tell(LOG, "A commit failed", why);
    }
    return -1;
  }

  private Throwable diagnosed(Throwable failure) {
    try {
      return diagnosis.apply(failure);
    } catch (Throwable e) {
      return failure; // The message says less, but a failed commit leaves a doubt all the same.
    }
  }

  /** How many rows this connection has changed; needed only while the disk is reported full. */
  private long changes() {
    return news.isFull()
        ? connection.createQuery("select total_changes()").mapTo(Long.class).one()
        : 0;
  }

  /** A transaction that has written something has found space. */
  private void lookAtRoom(long before) {
    if (changes() > before) {
      news.roomy();
    }
  }

  /** To be called between commits; what fails here is tried again after a later one. */
  void between(Consumer<Handle> work) {
    try {
      if (connection != null && !doubt.isOpen()) {
        work.accept(connection);
      }
    } catch (Throwable e) {
      notEmptied(e);
    }
  }

  /** Like {@link #between}, also where there is no connection after a failure. */
  void connectedBetween(Consumer<Handle> work) {
    try {
      if (!doubt.isOpen()) {
        work.accept(connected());
      }
    } catch (Throwable e) {
      notEmptied(e);
    }
  }

  private void notEmptied(Throwable why) {
    if (Trouble.isFull(why)) {
      news.full();
    } else {
      OwnConnection.tell(LOG, "The database's log could not be emptied", why);
    }
    disconnect();
  }

  /** The lock is taken at once: where that fails, no work is to blame. */
  private Handle begin() {
    connected();
    connection.begin();
    connection.afterCommit(() -> committed = true);
    Plain.query(connection, row -> row, "select 1");
    return connection;
  }

  private Handle connected() {
    if (connection == null) {
      connection = own.jdbi().open();
    }
    return connection;
  }

  /**
   * False once a transaction could not be begun or committed, until the next one is; a full disk is
   * told elsewhere. For any thread.
   */
  boolean takesWrites() {
    return takesWrites;
  }

  private int refused(List<Work<?>> works, int running, Throwable why) {
    if (running < 0 || Trouble.isIn(why)) {
      takesWrites &= Trouble.isFull(why);
      for (int i = 0; i < works.size(); i++) {
        works.get(i).notWritten(why);
      }
    } else if (works.size() == 1) {
      works.get(0).threw(why);
    } else {
      return running;
    }
    return -1;
  }

  /**
   * Tells the tasks how their commit ended, after settling a doubt if possible.
   *
   * @param failure why it failed; null when it succeeded
   */
  private void end(List<Work<?>> works, Throwable failure) {
    boolean isSettled = failure == null || isSettled();
    for (int i = 0; i < works.size(); i++) {
      if (failure == null) {
        works.get(i).committed();
      } else if (isSettled) {
        works.get(i).settled(failure);
      } else {
        works.get(i).unknown(failure);
      }
    }
  }

  private boolean isSettled() {
    try {
      doubt.settle(connected());
    } catch (Throwable e) {
      OwnConnection.tell(LOG, "A commit failed, and its outcome is not known yet", e);
      rollBack(true);
    }
    return !doubt.isOpen();
  }

  /** Runs something once all writes that have ended so far are settled. For any thread. */
  void whenSettled(Runnable then) {
    doubt.whenSettled(then);
  }

  /** Notes that every write taken so far has ended and that others are taken next. */
  void beforeTaking() {
    doubt.beforeTaking();
  }

  /**
   * A transaction that another process's lock has kept from beginning cannot be rolled back either.
   */
  private void rollBack(boolean begun) {
    try {
      if (connection != null && connection.isInTransaction()) {
        connection.rollback();
      }
    } catch (Throwable e) {
      if (begun) {
        OwnConnection.tell(LOG, "A transaction could not be rolled back", e);
      }
    }
    disconnect();
  }

  /** Closes the connection, whose next use opens another. */
  void disconnect() {
    Handle closing = connection;
    connection = null;
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (Throwable e) {
      OwnConnection.tell(LOG, "The writer's connection failed to close", e);
    }
    own.close();
  }
}
