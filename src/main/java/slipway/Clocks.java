package slipway;

import java.time.Clock;
import slipway.clock.ClockWatch;
import slipway.clock.SteadyClock;
import slipway.db.Database;
import slipway.db.LastTimes;
import slipway.node.ThisNode;

/**
 * The clocks that everything goes by.
 *
 * @param wall the time that is shown and stored
 * @param watch whether that time may be trusted to delete something
 * @param steady a clock that does not jump
 * @param last where an earlier run had both; null for several nodes, of which none may move what
 *     all have planned
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
