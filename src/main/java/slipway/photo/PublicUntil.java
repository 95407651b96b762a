package slipway.photo;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Which photos the public sees: those whose time of publication has come, and those that it has
 * seen before the clock was set back. Lists go through an index by time of publication, and so need
 * a single upper bound.
 *
 * @param now the moment
 * @param latest no publication that has come is later; {@code now} unless that is after it
 */
record PublicUntil(Instant now, Instant latest) {
  /** As of that moment. */
  static PublicUntil at(Handle handle, Instant now) {
    Instant latest =
        handle
            .createQuery("select max(latest) from photo_total")
            .mapTo(Long.class)
            .findOne()
            .map(Instant::ofEpochMilli)
            .orElse(now);
    return new PublicUntil(now, latest.isAfter(now) ? latest : now);
  }

  /** Whether some have come by a clock that was ahead of this one. */
  boolean isBehind() {
    return latest.isAfter(now);
  }
}
