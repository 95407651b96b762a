package slipway.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's clock as this node knows it: the time it last showed, plus the time elapsed since.
 * So leases mean the same to all nodes, whatever their machines' clocks show. For many threads.
 */
final class SharedClock extends Clock {
  /** How far this machine's clock may be from it. */
  static final Duration MOST_OFF = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(SharedClock.class);

  /** An answer that takes longer is too inaccurate. */
  private static final Duration MOST_ANSWER = Duration.ofSeconds(2);

  private final Clock wall;
  private volatile Shown shown;
  private volatile boolean isOnTime = true;

  /** What it showed at a moment of {@link System#nanoTime}. */
  private record Shown(Instant time, long nanos) {
    Instant now() {
      return at(System.nanoTime());
    }

    Instant at(long moment) {
      return time.plusNanos(moment - nanos);
    }
  }

  /** A clock that goes by the machine's until it is set. */
  SharedClock(Clock wall) {
    this.wall = wall;
    this.shown = new Shown(wall.instant(), System.nanoTime());
  }

  /**
   * Sets it to what the database showed between two moments of {@link System#nanoTime}. If these
   * are far apart and it may agree already, it is left unchanged.
   */
  void set(Instant time, long from, long to) {
    boolean isSoon = to - from <= MOST_ANSWER.toNanos();
    if (isSoon || shown.at(from).isAfter(time) || shown.at(to).isBefore(time)) {
      shown = new Shown(time, from + (to - from) / 2);
    }
    if (isSoon) {
      compare();
    }
  }

  private void compare() {
    Duration off = Duration.between(shown.now(), wall.instant());
    boolean isNear = off.abs().compareTo(MOST_OFF) <= 0;
    if (!isNear && isOnTime) {
      LOG.warn(
          "This machine's clock differs from the database's by {} s: this node is not ready until both"
              + " show the same",
          off.toSeconds());
    }
    isOnTime = isNear;
  }

  /** Whether this machine's clock showed about the same when it was set. */
  boolean isOnTime() {
    return isOnTime;
  }

  @Override
  public Instant instant() {
    return shown.now();
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return wall.withZone(zone);
  }
}
