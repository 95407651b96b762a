package slipway.photo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts that took long, remembered for a while, so that not every page counts a million rows. */
final class Counts {
  static final Duration FRESH = Duration.ofSeconds(10);
  private static final int MOST = 1000;

  private record Count(long value, Instant at) {}

  private final Map<PhotoFilter, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PhotoFilter, Count> eldest) {
          return size() > MOST;
        }
      };
  private final Clock clock;

  Counts(Clock clock) {
    this.clock = clock;
  }

  synchronized Optional<Long> find(PhotoFilter filter) {
    return Optional.ofNullable(counts.get(filter))
        .filter(count -> clock.instant().isBefore(count.at.plus(FRESH)))
        .map(Count::value);
  }

  synchronized void put(PhotoFilter filter, long value) {
    counts.remove(filter);
    counts.put(filter, new Count(value, clock.instant()));
  }
}
