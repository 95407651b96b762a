package slipway.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that is set once, by another, and continues by the time that passes: it does not jump
 * when the other is set again.
 */
public final class SteadyClock extends Clock {
  /** How long a restart may take. */
  private static final Duration MOST_AWAY = Duration.ofHours(1);

  private final Clock setBy;
  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;

  /** One that shows what the other shows now. */
  public SteadyClock(Clock setBy) {
    this(setBy, System::nanoTime);
  }

  SteadyClock(Clock setBy, LongSupplier nanos) {
    this.setBy = setBy;
    this.start = setBy.instant();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /**
   * What a wall clock will show at a moment that is told by a steady one: the wall clock may have
   * been set since the steady one began.
   */
  public static Instant shownBy(Clock wall, Clock steady, Instant moment) {
    return wall.instant().plus(Duration.between(steady.instant(), moment));
  }

  /**
   * By how much times that an earlier steady clock planned have to be moved. If this one is far
   * from the last time of that clock, the clock that set both was changed, or the service was down:
   * then no time counts as passed.
   *
   * @param last that time as it was last recorded; null for none
   */
  public static Duration moved(Instant last, Instant now) {
    Duration moved = last == null ? Duration.ZERO : Duration.between(last, now);
    return moved.isNegative() || moved.compareTo(MOST_AWAY) > 0 ? moved : Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return setBy.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return setBy.withZone(zone);
  }
}
