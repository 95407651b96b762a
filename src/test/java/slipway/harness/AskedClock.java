package slipway.harness;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Another clock, with something done before it tells the time, in the middle of what asks it. */
public final class AskedClock extends Clock {
  private final Clock clock;
  private final Runnable before;

  /**
   * One that tells the time of another.
   *
   * @param before done by the thread that asks, each time
   */
  public AskedClock(Clock clock, Runnable before) {
    this.clock = clock;
    this.before = before;
  }

  @Override
  public Instant instant() {
    before.run();
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new AskedClock(clock.withZone(zone), before);
  }
}
