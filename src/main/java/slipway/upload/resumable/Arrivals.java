package slipway.upload.resumable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Requests for uploads that other nodes receive wait until these are here: were each told to come
 * again, a balancer that deals them out in turn could have it come to another node each time. They
 * hold a thread each, so that only a few may, and not for long. For many threads.
 */
final class Arrivals {
  private static final int MOST = 16;

  /** How often the memory is looked at, which costs nothing, and the database. */
  private static final long PAUSE_MILLIS = 100;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Semaphore places = new Semaphore(MOST);
  private volatile Duration patience = Duration.ZERO;

  /** Looks for an upload. */
  @FunctionalInterface
  interface Finding<X extends Exception> {
    /**
     * What there is.
     *
     * @throws ElsewhereException when another node receives it
     */
    Optional<ResumableUpload> now() throws X;
  }

  /** Says how long one waits; not at all at first. */
  void waitFor(Duration most) {
    patience = most;
  }

  /**
   * What there is of an upload once this node has it.
   *
   * @param isHere whether it is in the memory
   * @throws ElsewhereException when another node receives it still, or too many wait
   */
  <X extends Exception> Optional<ResumableUpload> await(Finding<X> look, BooleanSupplier isHere)
      throws X {
    try {
      return look.now();
    } catch (ElsewhereException e) {
      if (patience.isZero() || !places.tryAcquire()) {
        throw e;
      }
    }
    try {
      return awaited(look, isHere);
    } finally {
      places.release();
    }
  }

  private <X extends Exception> Optional<ResumableUpload> awaited(
      Finding<X> look, BooleanSupplier isHere) throws X {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean isLast = !pause(isHere) || System.nanoTime() - end >= 0;
      try {
        return look.now();
      } catch (ElsewhereException e) {
        if (isLast) {
          throw e;
        }
      }
    }
  }

  /** Whether there was time to pause. */
  private static boolean pause(BooleanSupplier isHere) {
    long begun = System.nanoTime();
    try {
      while (!isHere.getAsBoolean() && System.nanoTime() - begun < LOOK_NANOS) {
        Thread.sleep(PAUSE_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
