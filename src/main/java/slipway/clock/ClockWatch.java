package slipway.clock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the wall clock may be trusted enough to delete something by age. It may not for an
 * hour of elapsed time after it jumped, or if it is far from where an earlier process had it, as it
 * may be corrected again. A machine that slept, or was off, looks the same; after the hour all
 * continues as usual. For many threads.
 */
public final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** How far a clock that is merely slewed may move: 500 ppm of a day and more. */
  static final Duration MOST_SLEW = Duration.ofMinutes(1);

  /** How long the service may have been down without casting doubt on the clock. */
  static final Duration MOST_AWAY = Duration.ofHours(1);

  /** How long a clock in doubt must run steadily. */
  static final Duration TRIAL = Duration.ofHours(1);

  private final Clock wall;
  private final LongSupplier nanos;
  private final long startNanos;

  @GuardedBy("this")
  private Instant lastWall;

  @GuardedBy("this")
  private long lastNanos;

  @GuardedBy("this")
  private boolean isDoubted;

  /** Since when it has run steadily, while it is in doubt. */
  @GuardedBy("this")
  private long wellSince;

  /**
   * Watches a clock from now on.
   *
   * @param told the last time that an earlier process believed; null where none is known
   */
  public ClockWatch(Clock wall, Instant told) {
    this(wall, told, System::nanoTime);
  }

  /**
   * Watches a clock from now on.
   *
   * @param told the last time that an earlier process believed; null where none is known
   * @param nanos counts the nanoseconds that pass, as {@link System#nanoTime} does
   */
  public ClockWatch(Clock wall, Instant told, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.lastNanos = startNanos;
    this.lastWall = wall.instant();
    if (told != null) {
      Duration away = Duration.between(told, lastWall);
      if (away.compareTo(MOST_SLEW.negated()) < 0 || away.compareTo(MOST_AWAY) > 0) {
        LOG.warn(
            "The clock shows {}, and the service ran last at {}: nothing is deleted by age for"
                + " an hour, in case the clock is wrong",
            lastWall,
            told);
        doubt();
      }
    }
  }

  /** What the clock shows now, even if wrong. */
  public Instant now() {
    return wall.instant();
  }

  /** How much time has passed since the watch began. */
  public Duration passed() {
    return Duration.ofNanos(nanos.getAsLong() - startNanos);
  }

  /** What the clock shows now, if it may be believed; else empty. */
  public synchronized Optional<Instant> believed() {
    long nowNanos = nanos.getAsLong();
    Instant now = wall.instant();
    Duration passed = Duration.ofNanos(nowNanos - lastNanos);
    Duration moved = Duration.between(lastWall, now).minus(passed);
    lastNanos = nowNanos;
    lastWall = now;
    if (moved.abs().compareTo(MOST_SLEW) > 0) {
      LOG.warn(
          "The clock was set, or the machine slept: it moved by {} s to {}. Nothing is deleted by"
              + " age for an hour",
          moved.toSeconds(),
          now);
      doubt();
    } else if (isDoubted && nowNanos - wellSince >= TRIAL.toNanos()) {
      LOG.info("The clock has been steady for an hour and is trusted again");
      isDoubted = false;
    }
    return isDoubted ? Optional.empty() : Optional.of(now);
  }

  @GuardedBy("this")
  private void doubt() {
    isDoubted = true;
    wellSince = lastNanos;
  }
}
