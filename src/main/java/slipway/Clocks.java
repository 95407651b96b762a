package slipway;

import java.time.Clock;
import slipway.clock.ClockWatch;
import slipway.clock.SteadyClock;
import slipway.db.Database;
import slipway.db.LastTimes;
import slipway.node.ThisNode;

/**
 * The clocks that all goes by.
 *
 * @param wall what is told and written down
 * @param watch whether something may be deleted by that
 * @param steady what does not jump
 * @param last where an earlier run had both; of several nodes no one may move what all planned
 */
record Clocks(Clock wall, ClockWatch watch, Clock steady, LastTimes last) {
  /**
   * The clocks of a node.
   *
   * @param node one of several, which all go by the database's clock, so that none ends, deletes or
   *     shows early what the others still wait for; null where it is alone
   */
  static Clocks of(Database database, ThisNode node) {
    Clock wall = node == null ? Clock.systemUTC() : node.clock();
    LastTimes last = LastTimes.read(database);
    ClockWatch watch = new ClockWatch(wall, last.wall());
    return node == null
        ? new Clocks(wall, watch, new SteadyClock(wall), last)
        : new Clocks(wall, watch, wall, new LastTimes(last.wall(), null));
  }
}
