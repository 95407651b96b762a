package slipway.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.OrderedId;
import slipway.event.DeliveryState;
import slipway.event.Outgoing;
import slipway.event.OutgoingCall;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;

/**
 * Plans the digests. A user's first file waits for those that come with it; what comes later waits
 * until the previous digest is some minutes old. A digest has the files that it was planned with,
 * each of which is in one only, and is a call of the outbox from then on. Every node plans.
 */
public final class Digests implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Digests.class);
  private static final Duration MOST_PERIOD = Duration.ofSeconds(5);
  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  /** Longer than a turn takes: some hundred waits for the writer at their usual length. */
  private static final Duration MOST_TURN = Duration.ofMinutes(10);

  private static final int ID_BYTES = 12;

  /** Digests that one turn plans. */
  private static final int MOST_USERS = 100;

  /** Files of one digest, as others wait to write; the rest is in the next. */
  static final int MOST_FILES = 10_000;

  private static final int STEP = 1000;

  /**
   * A failed call is next due in the future, as far as the longest pause. What is due later was
   * planned by a clock that has been set back.
   */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  /** Goes from user to user in the index, however many files each has. */
  static final String DUE =
      """
      with recursive waiting (user_id) as (
        select min(user_id) from mail_arrival where digest is null
        union all
        select (select min(a.user_id) from mail_arrival a
            where a.digest is null and a.user_id > waiting.user_id)
          from waiting where waiting.user_id is not null)
      select w.user_id from (
        select user_id, (select min(a.created_at) from mail_arrival a
            where a.digest is null and a.user_id = waiting.user_id) as earliest
          from waiting where user_id is not null) w
      where (w.earliest <= :settled or w.earliest > :now)
        and not exists (select 1 from outgoing_call c
          where c.user_id = w.user_id and c.user_id is not null and c.state = %1$s)
        and not exists (select 1 from outgoing_call c
          where c.user_id = w.user_id and c.user_id is not null
            and c.next_attempt_at > :recent and c.next_attempt_at < :future)
      order by w.earliest limit :most\
      """
          .formatted(DeliveryState.PENDING.sql());

  /** Nothing where another node has planned a digest for the user meanwhile. */
  private static final String TAKE =
      """
      update mail_arrival set digest = ?
      where arrival_id in (select arrival_id from mail_arrival
          where user_id = ? and digest is null order by created_at limit ?)
        and exists (select 1 from outgoing_call where user_id = ? and url = ?)\
      """;

  /** Goes from digest to digest in the same way. */
  static final String OVER =
      """
      with recursive taken (digest) as (
        select min(digest) from mail_arrival where digest is not null
        union all
        select (select min(a.digest) from mail_arrival a
            where a.digest is not null and a.digest > taken.digest)
          from taken where taken.digest is not null)
      select t.digest from (
        select digest, (select a.user_id from mail_arrival a
            where a.digest is not null and a.digest = taken.digest
            order by a.arrival_id limit 1) as user_id
          from taken where digest is not null) t
      where not exists (select 1 from outgoing_call c
        where c.user_id = t.user_id and c.user_id is not null and c.state = %1$s
          and c.url = 'mid:' || t.digest)
      limit :most\
      """
          .formatted(DeliveryState.PENDING.sql());

  private static final String FORGET =
      """
      delete from mail_arrival where arrival_id in (
        select arrival_id from mail_arrival where digest = ? limit ?)\
      """;

  /**
   * When users are told.
   *
   * @param settle how long the first file waits for those that come with it
   * @param pause how long after an e-mail the next may follow
   */
  public record Rhythm(Duration settle, Duration pause) {
    private Duration period() {
      Duration quarter = settle.dividedBy(4);
      return quarter.compareTo(MOST_PERIOD) < 0 ? quarter : MOST_PERIOD;
    }
  }

  private final Database database;
  private final Clock steady;
  private final Outgoing outgoing;
  private final Rhythm rhythm;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread("slipway-digests", this::turn);
  private final Nuisance nuisance = new Nuisance();

  /**
   * Plans for the users of that database, once it is started.
   *
   * @param steady a clock that does not jump
   * @param outgoing sends what is planned
   */
  public Digests(Database database, Clock steady, Outgoing outgoing, Rhythm rhythm) {
    this.database = database;
    this.steady = steady;
    this.outgoing = outgoing;
    this.rhythm = rhythm;
  }

  /** Begins to plan. */
  public Digests start() {
    thread.start();
    return this;
  }

  private boolean turn() throws InterruptedException {
    if (closed.await(rhythm.period().toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      plan();
    } catch (RuntimeException e) {
      if (nuisance.isNews(e)) {
        LOG.warn("E-mails could not be planned; will try again", e);
      }
    }
    return true;
  }

  /**
   * Plans the digests that are due, and forgets the files of those that were sent or given up.
   *
   * @return how many were planned
   */
  int plan() {
    forget();
    int planned = 0;
    for (long userId : due()) {
      planned += database.write(tx -> plan(tx, userId));
    }
    return planned;
  }

  private List<Long> due() {
    long now = steady.millis();
    return database.read(
        handle ->
            handle
                .createQuery(DUE)
                .bind("recent", now - rhythm.pause().toMillis())
                .bind("future", now + LONGEST_PAUSE.toMillis())
                .bind("settled", now - rhythm.settle().toMillis())
                .bind("now", now)
                .bind("most", MOST_USERS)
                .mapTo(Long.class)
                .list());
  }

  private int plan(Handle tx, long userId) {
    String digest = OrderedId.of(steady.instant(), ID_BYTES);
    OutgoingCall call = OutgoingCall.mail(digest, userId);
    outgoing.enqueue(tx, call);
    int files = tx.execute(TAKE, digest, userId, MOST_FILES, userId, call.url());
    if (files == 0) {
      tx.execute("delete from outgoing_call where user_id = ? and url = ?", userId, call.url());
    }
    return files == 0 ? 0 : 1;
  }

  private void forget() {
    for (String digest : over()) {
      int last;
      do {
        last = database.write(tx -> tx.execute(FORGET, digest, STEP));
      } while (last == STEP);
    }
  }

  private List<String> over() {
    return database.read(
        handle -> handle.createQuery(OVER).bind("most", MOST_USERS).mapTo(String.class).list());
  }

  @Override
  public String loopName() {
    return "digests";
  }

  @Override
  public boolean isWell() {
    return thread.isWell(MOST_TURN);
  }

  @Override
  public void close() {
    closed.countDown();
    if (!thread.join(MOST_CLOSE)) {
      LOG.warn("The planning of e-mails still waits for the database");
    }
  }
}
