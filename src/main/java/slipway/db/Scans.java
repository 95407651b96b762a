package slipway.db;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import slipway.health.BusyException;

/**
 * Turns of queries that may look at many rows. Only some of the readers' connections are for them,
 * so that the others stay free for look-ups by key. Few may wait, as each holds a thread of the
 * container. For many threads.
 */
final class Scans {
  private final Semaphore turns;
  private final int mostWaiting;
  private final Duration patience;

  /**
   * So many at a time.
   *
   * @param patience how long one waits for its turn
   */
  Scans(int most, int mostWaiting, Duration patience) {
    this.turns = new Semaphore(most, true);
    this.mostWaiting = mostWaiting;
    this.patience = patience;
  }

  /**
   * Takes a turn, which {@link #end} gives back.
   *
   * @throws BusyException when too many wait, or none is free in time
   */
  void begin() {
    if (!turns.tryAcquire() && !isFreeInTime()) {
      throw new BusyException("Too many lists are requested");
    }
  }

  private boolean isFreeInTime() {
    try {
      return turns.getQueueLength() < mostWaiting
          && turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void end() {
    turns.release();
  }
}
