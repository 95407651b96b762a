package slipway;

import java.time.Clock;
import slipway.clock.ClockWatch;
import slipway.clock.SteadyClock;
import slipway.db.Database;
import slipway.db.LastTimes;

/**
 * The clocks that all goes by.
 *
 * @param wall what is told and written down
 * @param watch whether something may be deleted by that
 * @param steady what does not jump
 * @param last where an earlier run had both
 */
record Clocks(Clock wall, ClockWatch watch, Clock steady, LastTimes last) {
  static Clocks of(Database database) {
    Clock wall = Clock.systemUTC();
    LastTimes last = LastTimes.read(database);
    return new Clocks(wall, new ClockWatch(wall, last.wall()), new SteadyClock(wall), last);
  }
}
