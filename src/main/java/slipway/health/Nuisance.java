package slipway.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Something that fails again and again, as everything that needs a database does while that is
 * unreachable: each kind of failure is logged once, until it has not occurred for a minute. For
 * many threads.
 */
public final class Nuisance {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanos;

  /** When each kind of failure last occurred. */
  private final Map<Class<?>, Long> last = new HashMap<>();

  /** Something that has not failed yet. */
  public Nuisance() {
    this(System::nanoTime);
  }

  Nuisance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes a failure; whether to log it. Failures of one class are of one kind. */
  public synchronized boolean isNews(Throwable failure) {
    long now = nanos.getAsLong();
    Long before = last.put(failure.getClass(), now);
    return before == null || now - before > QUIET.toNanos();
  }
}
