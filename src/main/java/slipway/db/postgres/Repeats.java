package slipway.db.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a query, or a transaction that was rolled back, is repeated: after a conflict with
 * others, until its time is over; after a connection was lost before anything was committed, once,
 * and by a new connection, as the others of the pool were probably lost with it. Not after it took
 * too long.
 */
final class Repeats {
  private static final long LONGEST_PAUSE_MILLIS = 250;

  private final Pool pool;
  private final long end;
  private int conflicts;
  private boolean isReconnected;

  Repeats(Pool pool, Duration most) {
    this.pool = pool;
    this.end = System.nanoTime() + most.toNanos();
  }

  /** Whether to repeat it; waits a while before that. */
  boolean isAnotherDue(Throwable failure) {
    if (System.nanoTime() - end >= 0) {
      return false;
    }
    if (SqlState.isToBeRepeated(failure)) {
      conflicts++;
      return isRested(Math.min(LONGEST_PAUSE_MILLIS, 1L << Math.min(conflicts, 8)));
    }
    boolean isFirst = SqlState.isConnectionGone(failure) && !isReconnected;
    if (isFirst) {
      isReconnected = true;
      pool.renew();
    }
    return isFirst;
  }

  private static boolean isRested(long mostMillis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(mostMillis) + 1);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
