package slipway.event;

import java.time.Instant;
import slipway.db.Database;

/** Deletes events as the service does. */
public final class EventSweep {
  private static final int STEP = 1000;

  private EventSweep() {}

  /** Deletes those from before a moment; tells how many. */
  public static int run(Database database, Instant before) {
    int swept = 0;
    int last;
    do {
      last = database.write(tx -> EventTable.sweep(tx, before, STEP));
      swept += last;
    } while (last == STEP);
    return swept;
  }
}
