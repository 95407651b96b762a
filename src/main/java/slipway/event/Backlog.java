package slipway.event;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * Bounds the waiting calls in time and number: a receiver that hangs takes only a few calls a
 * minute, and the calls behind them would never get a first attempt, nor end.
 */
final class Backlog {
  /** Calls given up in one transaction, as others wait to write. */
  private static final int STEP = 500;

  /**
   * The time that a call gets after a start if its end has passed, and one without any attempt
   * after its end: the service may have been down meanwhile.
   */
  static final Duration GRACE = Duration.ofHours(1);

  private static final String TOO_LONG = "given up: calls to this host have waited for too long";
  private static final String TOO_MANY = "given up: too many calls wait for this host";
  private static final String PENDING = DeliveryState.PENDING.id();

  private final Database database;
  private final Clock clock;
  private final int most;

  /**
   * Bounds the calls of that database.
   *
   * @param most calls that may wait for one host
   */
  Backlog(Database database, Clock clock, int most) {
    this.database = database;
    this.clock = clock;
    this.most = most;
  }

  /** Until when each call has time after a start at this moment. */
  long graceEnd() {
    return clock.millis() + GRACE.toMillis();
  }

  /**
   * Gives some calls time after a start.
   *
   * @param end as {@link #graceEnd} returned it at the start
   * @return whether there may be more
   */
  boolean resume(long end) {
    int resumed =
        database.execute(
            """
            update outgoing_call set give_up_at = ? where call_id in (
              select call_id from outgoing_call where state = ? and give_up_at < ? limit ?)""",
            end,
            PENDING,
            end,
            STEP);
    return resumed == STEP;
  }

  /**
   * Gives up the calls whose time is over, even those never attempted, and, for a host with too
   * many waiting calls, those that have waited longest.
   *
   * @param hosts those that calls wait for
   * @return how many
   */
  int giveUp(Collection<CallTable.WaitingHost> hosts) {
    int given = 0;
    int last;
    do {
      last = database.write(this::giveUpOld);
      given += last;
    } while (last == STEP);
    for (CallTable.WaitingHost host : hosts) {
      given += giveUpBeyond(host.host());
    }
    return given;
  }

  private int giveUpOld(Handle tx) {
    long now = clock.millis();
    return giveUp(
        tx,
        TOO_LONG,
        tx.createQuery(
                """
                select call_id from outgoing_call
                where state = :pending and give_up_at < :now and next_attempt_at <= :now
                  and (attempts > 0 or give_up_at < :late)
                order by give_up_at limit :most""")
            .bind("pending", PENDING)
            .bind("now", now)
            .bind("late", now - GRACE.toMillis())
            .bind("most", STEP)
            .mapTo(Long.class)
            .list());
  }

  private int giveUpBeyond(String host) {
    long left = waiting(host) - most;
    int given = 0;
    while (left > 0) {
      int some = (int) Math.min(STEP, left);
      int last = database.write(tx -> giveUpOldest(tx, host, some));
      given += last;
      left = last < some ? 0 : left - last;
    }
    return given;
  }

  private long waiting(String host) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from outgoing_call where state = ? and host = ?")
                .bind(0, PENDING)
                .bind(1, host)
                .mapTo(Long.class)
                .one());
  }

  /** Calls in progress have a lease, and are due later. */
  private int giveUpOldest(Handle tx, String host, int some) {
    return giveUp(
        tx,
        TOO_MANY,
        tx.createQuery(
                """
                select call_id from outgoing_call
                where state = :pending and host = :host and next_attempt_at <= :now
                order by next_attempt_at limit :most""")
            .bind("pending", PENDING)
            .bind("host", host)
            .bind("now", clock.millis())
            .bind("most", some)
            .mapTo(Long.class)
            .list());
  }

  private static int giveUp(Handle tx, String why, List<Long> calls) {
    if (calls.isEmpty()) {
      return 0;
    }
    tx.createUpdate(
            """
            update outgoing_call set state = :failed, last_error = :why where call_id in (<calls>)""")
        .bind("failed", DeliveryState.FAILED.id())
        .bind("why", why)
        .bindList("calls", calls)
        .execute();
    tx.createQuery(
            """
            select distinct event_id from outgoing_call
            where call_id in (<calls>) and event_id is not null""")
        .bindList("calls", calls)
        .mapTo(String.class)
        .list()
        .forEach(eventId -> EventTable.refresh(tx, eventId));
    return calls.size();
  }
}
