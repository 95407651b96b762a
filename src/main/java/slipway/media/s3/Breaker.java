package slipway.media.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import slipway.media.MediaAwayException;

/**
 * Spares requests the wait for a store that has failed many times in a row: they fail at once,
 * except for one now and then, which finds whether it is back. For many threads.
 */
final class Breaker {
  private static final int MOST_FAILURES = 20;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final LongSupplier nanos;
  private final AtomicInteger failures = new AtomicInteger();

  /** When the next may try. */
  private final AtomicLong next = new AtomicLong();

  Breaker() {
    this(System::nanoTime);
  }

  Breaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * To be called before each request.
   *
   * @throws MediaAwayException when it would fail, too
   */
  void check() throws MediaAwayException {
    if (failures.get() < MOST_FAILURES) {
      return;
    }
    long now = nanos.getAsLong();
    long time = next.get();
    if (now - time < 0 || !next.compareAndSet(time, now + PAUSE.toNanos())) {
      throw new MediaAwayException("The object store has failed many times in a row");
    }
  }

  /** The store has answered. */
  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** The store has not answered, or told about a failure. */
  void failed() {
    if (failures.incrementAndGet() >= MOST_FAILURES) {
      next.set(nanos.getAsLong() + PAUSE.toNanos());
    }
  }
}
