package slipway.event;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;

/** The outgoing calls in the database. */
final class CallTable {
  private static final String PENDING = DeliveryState.PENDING.id();

  /** Goes from host to host in the index, as SQLite does not skip equal ones by itself. */
  static final String WAITING =
      """
      with recursive waiting (host) as (
        select min(host) from outgoing_call where state = :pending
        union all
        select (select min(c.host) from outgoing_call c
            where c.state = :pending and c.host > waiting.host)
          from waiting where waiting.host is not null)
      select host, (select min(c.next_attempt_at) from outgoing_call c
          where c.state = :pending and c.host = waiting.host) as next
        from waiting where host is not null order by next\
      """;

  /** Rows are locked as they are chosen, so that nodes share them out without waiting. */
  private static final String CLAIM =
      """
      with due as materialized (select call_id from outgoing_call
        where state = ? and host = ? and next_attempt_at <= ?
        order by next_attempt_at limit ?%s)
      update outgoing_call set attempts = attempts + 1, turn = turn + 1, next_attempt_at = ?
      where call_id in (select call_id from due)
      returning *\
      """;

  private final Database database;
  private final String claim;
  private final Clock clock;
  private final Retries retries;

  CallTable(Database database, Clock clock, Retries retries) {
    this.database = database;
    this.claim = CLAIM.formatted(database.skipLocked());
    this.clock = clock;
    this.retries = retries;
  }

  /**
   * A call that is taken for one attempt.
   *
   * @param attempt the number of the attempt, from 1
   * @param turn identifies this taking of the call
   * @param giveUpAt when it is given up, in milliseconds
   */
  record Claim(long callId, OutgoingCall call, int attempt, long turn, long giveUpAt) {}

  /**
   * A host that calls wait for.
   *
   * @param next when the first of them is due, in milliseconds
   */
  record WaitingHost(String host, long next) {}

  /** Adds a call; but no e-mail to a user for whom another waits. */
  void add(Handle tx, OutgoingCall call) {
    long now = clock.millis();
    Plain.later(
        tx,
        """
        insert into outgoing_call (kind, event_id, webhook_id, url, host, body, state,
          next_attempt_at, give_up_at, created_at, user_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        call.kind().id(),
        call.eventId(),
        call.webhookId(),
        call.url(),
        call.host(),
        call.body(),
        PENDING,
        now,
        now + retries.giveUpAfter().toMillis(),
        now,
        call.userId());
  }

  /**
   * The hosts that calls wait for, ordered by when their first calls are due. Each takes two index
   * look-ups, however many calls wait for it.
   */
  List<WaitingHost> waiting() {
    return database.read(
        handle ->
            handle
                .createQuery(WAITING)
                .bind("pending", PENDING)
                .map(RowReader.to(row -> new WaitingHost(row.text("host"), row.number("next"))))
                .list());
  }

  /** How long until the first call to a host is due; 0 when it is. */
  long millisUntil(WaitingHost host) {
    return Math.max(0, host.next() - clock.millis());
  }

  /**
   * Takes some due calls to a host for one attempt each, the longest due first, except those that
   * another node is taking. Until the lease ends nobody else takes them; if the server dies during
   * the attempt, they are taken again after that.
   */
  List<Claim> claim(String host, int most, Duration lease) {
    long now = clock.millis();
    return database.alone(
        CallTable::claim, claim, PENDING, host, now, most, now + lease.toMillis());
  }

  private static Claim claim(RowReader row) throws SQLException {
    OutgoingCall call =
        new OutgoingCall(
            row.constant("kind", CallKind.class),
            row.text("url"),
            row.text("body"),
            row.text("event_id"),
            row.numberOrNull("webhook_id"),
            row.numberOrNull("user_id"));
    return new Claim(
        row.number("call_id"),
        call,
        row.integer("attempts"),
        row.number("turn"),
        row.number("give_up_at"));
  }

  /** Notes that the call was acknowledged. */
  void delivered(Claim claim) {
    finish(claim, DeliveryState.DELIVERED, "", clock.millis());
  }

  /**
   * Notes that the attempt failed: the call is tried again later, or given up.
   *
   * @return whether it is given up
   */
  boolean failed(Claim claim, CallFailure failure) {
    long next = clock.millis() + retries.pauseMillis(claim.attempt());
    boolean over = failure.isFinal() || next > claim.giveUpAt();
    finish(claim, over ? DeliveryState.FAILED : DeliveryState.PENDING, failure.message(), next);
    return over;
  }

  /** The result of an attempt that a replay has overtaken no longer counts. */
  private void finish(Claim claim, DeliveryState state, String error, long next) {
    database.write(
        tx -> {
          int noted =
              tx.execute(
                  """
                  update outgoing_call set state = ?, last_error = ?, next_attempt_at = ?
                  where call_id = ? and turn = ? and state = ?\
                  """,
                  state.id(),
                  error,
                  next,
                  claim.callId(),
                  claim.turn(),
                  PENDING);
          if (noted == 1 && claim.call().eventId() != null && state != DeliveryState.PENDING) {
            EventTable.refresh(tx, claim.call().eventId());
          }
          return null;
        });
  }

  /** Gives a call back as if it had not been taken: it is due at once. */
  void release(Claim claim) {
    database.write(
        tx ->
            tx.execute(
                """
                update outgoing_call set attempts = attempts - 1, next_attempt_at = ?
                where call_id = ? and turn = ? and state = ?\
                """,
                clock.millis(),
                claim.callId(),
                claim.turn(),
                PENDING));
  }

  /**
   * Makes every call of the event due now, as if it had never been tried: the result of an attempt
   * in progress does not count. A visitor's callback is requested again only if it was not
   * delivered.
   */
  void restart(Handle tx, String eventId) {
    long now = clock.millis();
    tx.execute(
        """
        update outgoing_call set state = ?, attempts = 0, turn = turn + 1, last_error = '',
          next_attempt_at = ?, give_up_at = ?
        where event_id = ? and not (kind = ? and state = ?)\
        """,
        PENDING,
        now,
        now + retries.giveUpAfter().toMillis(),
        eventId,
        CallKind.RETURN.id(),
        DeliveryState.DELIVERED.id());
  }

  /**
   * Deletes some finished calls without an event from before then. The others are deleted with
   * their events.
   *
   * @return how many; fewer than {@code most} when no more are left
   */
  static int sweep(Handle tx, Instant before, int most) {
    return tx.execute(
        """
        delete from outgoing_call where call_id in (select call_id from outgoing_call
          where event_id is null and created_at < ? and state <> ?
          order by created_at limit ?)\
        """,
        before.toEpochMilli(),
        PENDING,
        most);
  }

  static List<Delivery> of(Handle handle, String eventId) {
    return handle
        .createQuery("select * from outgoing_call where event_id = ? order by call_id")
        .bind(0, eventId)
        .map(RowReader.to(CallTable::delivery))
        .list();
  }

  /** The e-mail to a user that was due last. */
  static Optional<Delivery> lastMail(Handle handle, long userId) {
    return handle
        .createQuery(
            "select * from outgoing_call where user_id = ? order by next_attempt_at desc limit 1")
        .bind(0, userId)
        .map(RowReader.to(CallTable::delivery))
        .findOne();
  }

  private static Delivery delivery(RowReader row) throws SQLException {
    Claim claim = claim(row);
    return new Delivery(
        claim.callId(),
        claim.call().kind(),
        claim.call().webhookId(),
        claim.call().url(),
        row.constant("state", DeliveryState.class),
        claim.attempt(),
        row.text("last_error"),
        row.instant("next_attempt_at"));
  }
}
