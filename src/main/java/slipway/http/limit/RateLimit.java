package slipway.http.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key, exact and of one number each: the generic cell rate algorithm (ITU-T
 * I.371, annex A). A bucket holds one minute's worth and fills up evenly.
 */
final class RateLimit {
  /** At most this many keys are kept; beyond that, all are forgotten at once. */
  private static final int MOST_KEYS = 200_000;

  private static final int SWEEP_EVERY = 4_096;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** For each key, when its bucket will be full again. */
  private final ConcurrentMap<Object, Long> fullAt = new ConcurrentHashMap<>();

  private final AtomicLong taken = new AtomicLong();
  private final LongSupplier nanos;
  private final IntSupplier nodes;
  private final long interval;

  /**
   * @param perMinute how many of one key, of all nodes together; 0 for no limit
   * @param nodes how many nodes there are now, at least one
   * @param nanos a clock that never goes back, in nanoseconds from 0
   */
  RateLimit(long perMinute, IntSupplier nodes, LongSupplier nanos) {
    this.nodes = nodes;
    this.interval = perMinute == 0 ? 0 : Math.max(1, MINUTE / perMinute);
    this.nanos = nanos;
  }

  /** Takes one from a key's bucket: 0, or in how many nanoseconds there will be one. */
  long take(Object key) {
    if (interval == 0) {
      return 0;
    }
    long now = nanos.getAsLong();
    sweepAtTimes(now);
    long[] wait = new long[1];
    fullAt.compute(
        key,
        (same, at) -> {
          long next = Math.max(now, at == null ? 0 : at) + ownInterval();
          wait[0] = Math.max(0, next - now - MINUTE);
          return wait[0] > 0 ? at : Long.valueOf(next);
        });
    return wait[0];
  }

  /** What {@link #take} would say, without taking. */
  long wait(Object key) {
    Long at = interval == 0 ? null : fullAt.get(key);
    return at == null ? 0 : Math.max(0, at + ownInterval() - nanos.getAsLong() - MINUTE);
  }

  /** Each node grants its share of a key's limit, but at least one a minute. */
  private long ownInterval() {
    return Math.min(MINUTE, interval * nodes.getAsInt());
  }

  /** Forgets full buckets, which are the same as new ones. */
  private void sweepAtTimes(long now) {
    if (taken.incrementAndGet() % SWEEP_EVERY == 0) {
      fullAt.values().removeIf(at -> at <= now);
      if (fullAt.size() > MOST_KEYS) {
        fullAt.clear();
      }
    }
  }

  int keys() {
    return fullAt.size();
  }
}
