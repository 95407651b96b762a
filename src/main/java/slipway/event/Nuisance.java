package slipway.event;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Something that fails again and again for one reason: the log is told of it once, until it has not
 * failed for a while. For many threads.
 */
final class Nuisance {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private boolean isKnown;
  private long last;

  Nuisance() {
    this(System::nanoTime);
  }

  Nuisance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** It has failed; whether the log is to be told. */
  synchronized boolean isNews() {
    long now = nanos.getAsLong();
    boolean isNews = !isKnown || now - last > QUIET.toNanos();
    isKnown = true;
    last = now;
    return isNews;
  }
}
