package slipway.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.HandleCallback;
import slipway.health.LoopThread;
import slipway.health.StillAtWorkException;

/**
 * The one thread that writes to the database. A commit costs a disk flush, so all that waits when
 * the flush before it ends goes into the next transaction (group commit). No caller waits forever,
 * and nothing that a task throws ends the thread.
 */
final class Writer implements AutoCloseable {
  private static final int MOST_PER_COMMIT = 512;

  /** How long a commit waits, at most, until as many tasks are there as it had before. */
  private static final long PAUSE_NANOS = 1_500_000;

  private final LinkedBlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
  private final WriterMetrics metrics = new WriterMetrics();
  private final Transactions transactions;
  private final Upkeep upkeep;
  private final Duration mostWait;
  private final LoopThread thread;

  /** Allocated at full size, so that no task that was taken is lost for lack of memory. */
  private final List<Work<?>> batch = new ArrayList<>(MOST_PER_COMMIT + 1);

  private final List<Work<?>> alone = new ArrayList<>(MOST_PER_COMMIT + 1);
  private final List<Work<?>> onReserve = new ArrayList<>(MOST_PER_COMMIT + 1);

  /** How many tasks the last transaction had. */
  private int crowd;

  /** This many waiting tasks end a pause. */
  private volatile int wanted = Integer.MAX_VALUE;

  private boolean isLast;
  private volatile boolean isBusy;
  private volatile long busySince;
  private boolean closed;

  /**
   * Starts to write.
   *
   * @param mostWait how long a caller waits, and {@link #close}
   */
  Writer(ConnectionFactory driver, Duration mostWait) {
    this(driver, mostWait, Upkeep.NONE, failure -> failure);
  }

  /**
   * The same.
   *
   * @param upkeep done between transactions
   * @param diagnosis turns a failure into one that says more
   */
  Writer(
      ConnectionFactory driver,
      Duration mostWait,
      Upkeep upkeep,
      UnaryOperator<Throwable> diagnosis) {
    this.upkeep = upkeep;
    this.transactions = new Transactions(new OwnConnection(driver), diagnosis);
    this.mostWait = mostWait;
    this.thread = new LoopThread("slipway-db-writer", this::turn).start();
  }

  <T, X extends Exception> T write(HandleCallback<T, X> callback) throws X {
    return write(callback, mostWait);
  }

  /** Like the other, with a shorter wait. */
  <T, X extends Exception> T write(HandleCallback<T, X> callback, Duration most) throws X {
    return done(new Work<>(callback), most);
  }

  /**
   * Like {@link #write}, on the space that is reserved for a full disk, while nobody else writes.
   */
  <T, X extends Exception> T writeOnReserve(HandleCallback<T, X> callback) throws X {
    return done(new Work<>(callback, true), mostWait);
  }

  int execute(String sql, Object... values) {
    return execute(false, sql, values);
  }

  /** Like {@link #execute}, on the space that is reserved for a full disk. */
  int executeOnReserve(String sql, Object... values) {
    return execute(true, sql, values);
  }

  private int execute(boolean onReserve, String sql, Object... values) {
    return this.<Integer, RuntimeException>done(
        new Work<>(tx -> Plain.execute(tx, sql, values), onReserve), mostWait);
  }

  /** Runs something once all writes that have ended so far are settled. */
  void whenSettled(Runnable then) {
    transactions.whenSettled(then);
  }

  private <T, X extends Exception> T done(Work<T> work, Duration most) throws X {
    add(work);
    return work.<X>await(most);
  }

  private void add(Work<?> work) {
    if (thread.isCurrent()) {
      throw new IllegalStateException("A task of the writer would wait for itself");
    }
    if (isStuck()) {
      throw new NotWrittenException("The database's writer is stuck", null);
    }
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("The database is closed");
      }
      queue.add(work);
    }
    if (queue.size() >= wanted) {
      thread.wake();
    }
  }

  /** Whether its thread has died, or has worked on something for longer than callers wait. */
  private boolean isStuck() {
    return !thread.isAlive() || (isBusy && System.nanoTime() - busySince > mostWait.toNanos());
  }

  /**
   * False while it is stuck, and after a transaction that the database refused, until the next one
   * succeeds.
   */
  boolean isWell() {
    return !isStuck() && transactions.takesWrites();
  }

  private boolean turn() throws InterruptedException {
    if (isLast) {
      transactions.disconnect();
      return false;
    }
    try {
      batch.add(queue.take());
      awaitCrowd(crowd - batch.size());
      queue.drainTo(batch, MOST_PER_COMMIT);
      crowd = batch.size();
      transactions.beforeTaking();
      takeAll();
      commit();
      commitOnReserve();
      transactions.between(upkeep::between);
      return true;
    } catch (Error | RuntimeException e) {
      fail(e);
      throw e;
    } finally {
      isBusy = false;
      batch.clear();
      alone.clear();
      onReserve.clear();
    }
  }

  /**
   * Earlier callers are likely to come again, and the more share a commit, the less it costs each
   * of them. A single caller waits for nobody, and the wait ends once as many are there as before.
   */
  private void awaitCrowd(int most) {
    wanted = most;
    long end = System.nanoTime() + PAUSE_NANOS;
    long left = PAUSE_NANOS;
    while (left > 0 && queue.size() < most) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
    wanted = Integer.MAX_VALUE;
  }

  /** Leaves out the tasks that were abandoned, and the end marker. */
  private void takeAll() {
    for (int i = batch.size() - 1; i >= 0; i--) {
      Work<?> work = batch.get(i);
      isLast |= work == Work.LAST;
      if (work == Work.LAST || !work.take()) {
        batch.remove(i);
      } else if (work.isOnReserve()) {
        onReserve.add(batch.remove(i));
      }
    }
  }

  /** Fails the tasks that have not ended when the writer itself has failed. */
  private void fail(Throwable failure) {
    for (int i = 0; i < alone.size(); i++) {
      alone.get(i).notWritten(failure);
    }
    for (int i = 0; i < onReserve.size(); i++) {
      onReserve.get(i).notWritten(failure);
    }
    for (int i = 0; i < batch.size(); i++) {
      Work<?> work = batch.get(i);
      isLast |= work == Work.LAST;
      if (work.take()) {
        work.notWritten(failure);
      } else {
        work.unknown(failure);
      }
    }
  }

  /**
   * Commits the tasks together. Where one throws, the others are done again without it, and it
   * alone after them: that is rare, and a savepoint for each would copy every page it touches.
   */
  private void commit() {
    while (!batch.isEmpty()) {
      long start = System.nanoTime();
      busySince = start;
      isBusy = true;
      int thrower = transactions.commit(batch);
      if (thrower >= 0) {
        alone.add(batch.remove(thrower));
      } else {
        metrics.committed(batch.size(), System.nanoTime() - start);
        batch.clear();
        if (!alone.isEmpty()) {
          batch.add(alone.remove(0));
        }
      }
    }
  }

  /** One by one, as there may be space for only one at a time. */
  private void commitOnReserve() {
    while (!onReserve.isEmpty()) {
      batch.add(onReserve.remove(onReserve.size() - 1));
      upkeep.giveRoom();
      try {
        transactions.connectedBetween(upkeep::emptyLog);
        commit();
        transactions.connectedBetween(upkeep::emptyLog);
      } finally {
        upkeep.takeRoomBack();
      }
    }
  }

  /**
   * Waits for the writes under way.
   *
   * @throws StillAtWorkException when one does not end in time
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(Work.LAST);
    }
    if (!thread.join(mostWait)) {
      throw new StillAtWorkException("The database's writer is still busy with a write");
    }
  }
}
