package slipway.auth;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Names that were looked up lately and are not known here. The database is asked for each of them
 * at most once a second, and only for a few of them, which bounds the cost of callers who guess
 * keys. For many threads.
 */
final class Misses {
  /** How many names the database is asked for in a second; the others wait for the next one. */
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

  /** Whether the database may be asked for it; if so, that counts as done. */
  synchronized boolean mayLook(String name) {
    long now = nanos.getAsLong();
    if (now - began >= PERIOD) {
      lookedFor.clear();
      began = now;
    }
    return lookedFor.size() < MOST && lookedFor.add(name);
  }

  /** The database did not answer: it may be asked for this again. */
  synchronized void forget(String name) {
    lookedFor.remove(name);
  }
}
