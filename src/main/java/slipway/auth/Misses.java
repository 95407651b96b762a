package slipway.auth;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was requested lately and is not known here. The database is asked for each of them once a
 * second, and for few of them: anyone who guesses keys costs it no more than that. For many
 * threads.
 */
final class Misses {
  /** How many things the database is asked for in a second; the rest waits for the next look. */
  static final int MOST = 20;

  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private final Set<String> lookedFor = new HashSet<>();
  private final LongSupplier nanos;
  private long began;

  /** None so far, by that clock. */
  Misses(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Whether the database may be asked for it, which counts as done then. */
  synchronized boolean mayLook(String name) {
    long now = nanos.getAsLong();
    if (now - began >= PERIOD) {
      lookedFor.clear();
      began = now;
    }
    return lookedFor.size() < MOST && lookedFor.add(name);
  }

  /** It was not told whether there is such a thing: it may be asked for again. */
  synchronized void forget(String name) {
    lookedFor.remove(name);
  }
}
