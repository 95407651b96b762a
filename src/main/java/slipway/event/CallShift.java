package slipway.event;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * Moves the planned times of waiting calls after the clock was set, or the service was down. As
 * there may be many, each transaction moves some and records how far it has come: a start continues
 * where the previous one stopped.
 */
final class CallShift {
  /** How many call numbers one transaction covers. */
  static final int STEP = 1000;

  private static final String PENDING = DeliveryState.PENDING.id();

  private final Database database;

  CallShift(Database database) {
    this.database = database;
  }

  private record Open(long shiftId, long moved, long after, long last) {}

  /** Schedules the present calls to be moved by the following steps. */
  void begin(Duration moved) {
    database.execute(
        """
        insert into call_shift (moved, after_call, last_call)
        select ?, (select min(call_id) from outgoing_call) - 1,
            (select max(call_id) from outgoing_call)
          where exists (select 1 from outgoing_call where state = ?)""",
        moved.toMillis(),
        PENDING);
  }

  /**
   * Moves some.
   *
   * @return whether there may be more
   */
  boolean step() {
    return database.read(CallShift::open).isPresent() && database.write(CallShift::step);
  }

  private static Optional<Open> open(Handle handle) {
    return handle
        .createQuery("select * from call_shift order by shift_id limit 1")
        .map(
            RowReader.to(
                row ->
                    new Open(
                        row.number("shift_id"),
                        row.number("moved"),
                        row.number("after_call"),
                        row.number("last_call"))))
        .findOne();
  }

  private static boolean step(Handle tx) {
    Optional<Open> open = open(tx);
    open.ifPresent(shift -> step(tx, shift));
    return open.isPresent();
  }

  private static void step(Handle tx, Open shift) {
    long end = Math.min(shift.after() + STEP, shift.last());
    tx.execute(
        """
        update outgoing_call set next_attempt_at = next_attempt_at + ?, give_up_at = give_up_at + ?
        where call_id > ? and call_id <= ? and state || '' = ?""",
        shift.moved(),
        shift.moved(),
        shift.after(),
        end,
        PENDING);
    if (end == shift.last()) {
      tx.execute("delete from call_shift where shift_id = ?", shift.shiftId());
    } else {
      tx.execute("update call_shift set after_call = ? where shift_id = ?", end, shift.shiftId());
    }
  }
}
