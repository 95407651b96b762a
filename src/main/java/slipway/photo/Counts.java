package slipway.photo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts that took long, remembered for a while, so that not every page counts a million rows. They
 * are bounded by number and by what their filters hold. For many threads.
 */
final class Counts {
  static final Duration FRESH = Duration.ofSeconds(10);
  private static final int MOST = 1000;

  /** Characters of all filters; one with more than a part of them is not remembered. */
  static final int MOST_CHARS = 200_000;

  private static final int MOST_OF_ONE = MOST_CHARS / 20;

  private record Count(long value, Instant at) {}

  @GuardedBy("this")
  private final Map<PhotoFilter, Count> counts = new LinkedHashMap<>();

  private final Clock clock;

  @GuardedBy("this")
  private long chars;

  Counts(Clock clock) {
    this.clock = clock;
  }

  synchronized Optional<Long> find(PhotoFilter filter) {
    return Optional.ofNullable(counts.get(filter))
        .filter(count -> isFresh(count.at, clock.instant()))
        .map(Count::value);
  }

  /** A clock that is set back shows a time before all of them. */
  private static boolean isFresh(Instant at, Instant now) {
    return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
  }

  synchronized void put(PhotoFilter filter, long value) {
    int length = filter.chars();
    if (length > MOST_OF_ONE) {
      return;
    }
    if (counts.remove(filter) == null) {
      chars += length;
    }
    counts.put(filter, new Count(value, clock.instant()));
    Iterator<PhotoFilter> oldest = counts.keySet().iterator();
    while (counts.size() > MOST || chars > MOST_CHARS) {
      chars -= oldest.next().chars();
      oldest.remove();
    }
  }

  /** Characters that all remembered filters hold. */
  synchronized long chars() {
    return chars;
  }
}
