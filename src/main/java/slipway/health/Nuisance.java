package slipway.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Something that fails again and again, as all that needs a database does while that is away: the
 * log is told about each kind of failure once, until there was none of it for a minute. For many
 * threads.
 */
public final class Nuisance {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanos;

  /** When there was one of each kind the last time. */
  private final Map<Class<?>, Long> last = new HashMap<>();

  /** One that has not failed yet. */
  public Nuisance() {
    this(System::nanoTime);
  }

  Nuisance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** It has failed; whether the log is to be told. Failures of one class are of one kind. */
  public synchronized boolean isNews(Throwable failure) {
    long now = nanos.getAsLong();
    Long before = last.put(failure.getClass(), now);
    return before == null || now - before > QUIET.toNanos();
  }
}
