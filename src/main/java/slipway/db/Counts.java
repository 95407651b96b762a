package slipway.db;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * Counts that took long, remembered for a while, so that not every page counts a million rows. They
 * are bounded by number and by what their filters hold. For many threads.
 *
 * @param <F> the filter, which says which rows are counted
 */
public final class Counts<F> {
  /** Counts up to here are exact each time; others may be {@link #FRESH} old, or older. */
  public static final int EXACT = 10_000;

  /** How long a count is reused at least. */
  public static final Duration FRESH = Duration.ofSeconds(10);

  /**
   * A count is reused for this many times as long as it took, so that counting takes little time in
   * all.
   */
  private static final int SHARE = 30;

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST = 1000;

  /** Characters of all filters; a filter with more than a share of them is not remembered. */
  public static final int MOST_CHARS = 200_000;

  private static final int MOST_OF_ONE = MOST_CHARS / 20;

  private record Count(long value, Instant at, Duration fresh) {
    /** A clock that is set back shows a time before all of them. */
    boolean isFresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(fresh));
    }
  }

  @GuardedBy("this")
  private final Map<F, Count> counts = new LinkedHashMap<>();

  private final Clock clock;
  private final ToIntFunction<F> length;

  @GuardedBy("this")
  private long chars;

  /**
   * None yet.
   *
   * @param length how many characters a filter holds
   */
  public Counts(Clock clock, ToIntFunction<F> length) {
    this.clock = clock;
    this.length = length;
  }

  /**
   * How many rows there are: counted, unless there are many and they were counted just now.
   *
   * @param upTo counts them up to a bound
   */
  public long of(F filter, LongUnaryOperator upTo) {
    return find(filter).orElseGet(() -> count(filter, upTo));
  }

  private long count(F filter, LongUnaryOperator upTo) {
    long start = System.nanoTime();
    long count = upTo.applyAsLong(EXACT + 1L);
    if (count > EXACT) {
      count = upTo.applyAsLong(Long.MAX_VALUE);
      put(filter, count, Duration.ofNanos(System.nanoTime() - start));
    }
    return count;
  }

  /** A count that is remembered. */
  public synchronized Optional<Long> find(F filter) {
    return Optional.ofNullable(counts.get(filter))
        .filter(count -> count.isFresh(clock.instant()))
        .map(Count::value);
  }

  /**
   * Remembers a count.
   *
   * @param took how long it took to count
   */
  public synchronized void put(F filter, long value, Duration took) {
    int its = length.applyAsInt(filter);
    if (its > MOST_OF_ONE) {
      return;
    }
    if (counts.remove(filter) == null) {
      chars += its;
    }
    counts.put(filter, new Count(value, clock.instant(), fresh(took)));
    Iterator<F> oldest = counts.keySet().iterator();
    while (counts.size() > MOST || chars > MOST_CHARS) {
      chars -= length.applyAsInt(oldest.next());
      oldest.remove();
    }
  }

  private static Duration fresh(Duration took) {
    Duration share = took.multipliedBy(SHARE);
    Duration most = share.compareTo(LONGEST) > 0 ? LONGEST : share;
    return most.compareTo(FRESH) < 0 ? FRESH : most;
  }

  /** Characters that all remembered filters hold. */
  public synchronized long chars() {
    return chars;
  }
}
