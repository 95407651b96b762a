package slipway.event;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.clock.SteadyClock;
import slipway.db.Database;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;

/**
 * Makes the calls to other servers: each at least once, until it is acknowledged by a status 2xx or
 * given up. They wait in the database and survive a restart. Their order is not guaranteed. The
 * calls to one host at once, and to all slow hosts together, are limited, so that these do not
 * delay the others.
 */
public final class Outgoing implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final long WAIT_AFTER_FAULT_MILLIS = 1_000;
  private static final CallFailure NO_MAIL =
      new CallFailure("given up: no settings of an e-mail server", true);

  /** For e-mails under way at the end: what becomes of one that is cut is not known. */
  private static final Duration MAIL_GRACE = Duration.ofSeconds(5);

  /** Longer than a turn takes: the longest wait, and two waits for the database. */
  private static final Duration MOST_TURN = Duration.ofMinutes(5);

  /**
   * The limits.
   *
   * @param workers calls at once
   * @param perHost calls to one host at once, of all nodes together, but one of each at least
   * @param timeout of one attempt
   * @param mostWaiting calls that wait for one host; the oldest beyond that are given up
   */
  public record CallLimits(int workers, int perHost, Duration timeout, int mostWaiting) {
    static final int MOST_WAITING = 100_000;

    /** With the default number of waiting calls. */
    public CallLimits(int workers, int perHost, Duration timeout) {
      this(workers, perHost, timeout, MOST_WAITING);
    }

    /** Longer than any attempt: the time limit of its own, and the writing before and after. */
    Duration lease() {
      return timeout.multipliedBy(2);
    }
  }

  private final CallTable table;
  private final Resumption resumption;
  private final Backlog backlog;
  private final Webhooks webhooks;
  private final Clock steady;
  private final CallLimits limits;
  private final Clients clients;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers;
  private final Attempt attempt;
  private final LoopThread dispatcher = new LoopThread("slipway-outgoing", this::turn);
  private final Nuisance databaseFault = new Nuisance();
  private final Nuisance callFault = new Nuisance();
  private final WorkerShares shares;

  /** Null where no e-mail is sent. */
  private volatile CallMaker mail;

  private boolean woken;
  private boolean closed;

  /**
   * Makes the calls of that database, once it is started; with a single clock, for a single node.
   */
  public Outgoing(
      Database database,
      Clock clock,
      Webhooks webhooks,
      AddressPolicy addresses,
      Retries retries,
      CallLimits limits) {
    this(database, clock, clock, webhooks, addresses, retries, limits, () -> 1);
  }

  /**
   * Makes the calls of that database, once it is started.
   *
   * @param clock the time that receivers are told
   * @param steady measures leases, pauses and the time to give up; it must not jump
   * @param nodes how many nodes there are, which share the limit of calls to one host
   */
  public Outgoing(
      Database database,
      Clock clock,
      Clock steady,
      Webhooks webhooks,
      AddressPolicy addresses,
      Retries retries,
      CallLimits limits,
      IntSupplier nodes) {
    this.steady = steady;
    this.table = new CallTable(database, steady, retries);
    this.backlog = new Backlog(database, steady, limits.mostWaiting());
    this.resumption = new Resumption(new CallShift(database), backlog);
    this.webhooks = webhooks;
    this.limits = limits;
    this.shares = new WorkerShares(limits, nodes);
    this.clients = new Clients(() -> Client.of(addresses, limits.timeout(), limits.workers()));
    this.attempt = new Attempt(clients, timer, webhooks, clock, limits.timeout().toMillis());
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            limits.workers(),
            work -> new Thread(work, "slipway-outgoing-" + number.incrementAndGet()));
  }

  /**
   * Begins to make calls.
   *
   * @param last the time that an earlier run went by as it was last recorded; null for none
   */
  public Outgoing start(Instant last) {
    Duration moved = SteadyClock.moved(last, steady.instant());
    if (!moved.isZero()) {
      resumption.shift(moved);
    }
    return start();
  }

  /** Begins to make calls, including those that an earlier run has left. */
  public Outgoing start() {
    resumption.begin();
    dispatcher.start();
    return this;
  }

  /** Has that send e-mails; to be called before the start. Without it, they are given up. */
  public Outgoing mailing(CallMaker maker) {
    mail = maker;
    return this;
  }

  /** The webhooks that sign calls. */
  Webhooks webhooks() {
    return webhooks;
  }

  /** Records a call; it is made if, and only if, the transaction is committed. */
  public void enqueue(Handle tx, OutgoingCall call) {
    table.add(tx, call);
    if (call.kind() == CallKind.RETURN && call.eventId() != null) {
      // The others come with their event.
      EventTable.refresh(tx, call.eventId());
    }
    tx.afterCommit(this::wake);
  }

  /** What that clock will show when a call is due. */
  Instant shownBy(Clock wall, Instant moment) {
    return SteadyClock.shownBy(wall, steady, moment);
  }

  /** Makes every call about the event again. */
  void restart(Handle tx, String eventId) {
    table.restart(tx, eventId);
    tx.afterCommit(this::wake);
  }

  /**
   * Gives up calls that have waited too long, or are too many, and deletes the remaining calls of
   * deleted webhooks.
   *
   * @return how many calls were given up
   */
  int sweep() {
    webhooks.sweep();
    return resumption.isOpen() ? 0 : backlog.giveUp(table.waiting());
  }

  /** Looks for due calls: one was added, a worker is free, or time has passed. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private boolean turn() throws InterruptedException {
    if (!isClosed()) {
      await(dispatch());
    }
    return !isClosed();
  }

  @Override
  public String loopName() {
    return "outgoing";
  }

  @Override
  public boolean isWell() {
    return dispatcher.isWell(MOST_TURN);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Waits that long, or until there is a new call or a worker is free again. */
  private synchronized void await(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (!woken && !closed && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
    woken = false;
  }

  /** Hands out due calls, and returns in how many milliseconds the next one is due. */
  private long dispatch() {
    try {
      if (resumption.goOn()) {
        return 0;
      }
      return shares.hasFree() ? handOut(table.waiting()) : LONGEST_WAIT_MILLIS;
    } catch (RuntimeException e) {
      if (databaseFault.isNews(e)) {
        LOG.warn("Outgoing calls wait, because the database does not answer: {}", e.getMessage());
      }
      return WAIT_AFTER_FAULT_MILLIS;
    }
  }

  private long handOut(List<CallTable.WaitingHost> hosts) {
    long wait = LONGEST_WAIT_MILLIS;
    for (CallTable.WaitingHost host : hosts) {
      int most = isClosed() ? 0 : shares.freeFor(host.host());
      long until = table.millisUntil(host);
      if (most > 0 && until > 0) {
        wait = Math.min(wait, until);
      } else if (most > 0) {
        table.claim(host.host(), most, lease(host.host())).forEach(this::begin);
        wait = 0; // Another turn looks for the next due call there.
      }
    }
    return wait;
  }

  private Duration lease(String host) {
    CallMaker mailer = mail;
    return mailer == null || !host.equals(OutgoingCall.MAIL_HOST)
        ? limits.lease()
        : mailer.limit().multipliedBy(2);
  }

  private void begin(CallTable.Claim claim) {
    shares.begin(claim.call().host());
    boolean begun = false;
    try {
      workers.execute(() -> make(claim));
      begun = true;
    } finally {
      if (!begun) {
        // No thread could be started; the call is due again when its lease ends.
        end(claim.call().host());
      }
    }
  }

  private void make(CallTable.Claim claim) {
    try {
      attempt(claim.call())
          .ifPresentOrElse(failure -> failed(claim, failure), () -> table.delivered(claim));
    } catch (RuntimeException e) {
      // For example when the database cannot note the outcome.
      if (callFault.isNews(e)) {
        LOG.warn(
            "{} will be made again, and so will others that fail in the same way", claim.call(), e);
      } else {
        LOG.debug("{} will be made again", claim.call(), e);
      }
    } catch (Error e) {
      LOG.error("{} ended in an error", claim.call(), e);
      // A call that ends in this way every time must not be retried forever.
      failed(claim, new CallFailure("could not be made: " + e.getClass().getSimpleName(), false));
    } finally {
      end(claim.call().host());
    }
  }

  private Optional<CallFailure> attempt(OutgoingCall call) {
    long began = System.nanoTime();
    try {
      CallMaker maker = call.kind() == CallKind.MAIL ? mail : attempt;
      return maker == null ? Optional.of(NO_MAIL) : maker.make(call);
    } finally {
      shares.took(call.host(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private void failed(CallTable.Claim claim, CallFailure failure) {
    if (isClosed()) {
      // Most likely aborted by us: not the receiver's fault.
      table.release(claim);
      return;
    }
    LOG.info("{}, attempt {}: {}", claim.call(), claim.attempt(), failure.message());
    if (table.failed(claim, failure) && claim.call().kind() == CallKind.MAIL) {
      // No event shows it.
      LOG.warn("{} was given up: {}", claim.call(), failure.message());
    }
  }

  private void end(String host) {
    shares.end(host);
    wake();
  }

  /**
   * Aborts the calls in progress. That does not count as an attempt; they are made at once after
   * the next start.
   */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (!dispatcher.join(limits.timeout())) {
        LOG.warn("Outgoing calls still wait for the database");
      }
      workers.shutdown();
      attempt.abort();
      endMails();
      workers.awaitTermination(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
      timer.shutdownNow();
      timer.awaitTermination(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      timer.shutdownNow();
    }
  }

  private void endMails() throws InterruptedException {
    CallMaker mailer = mail;
    if (mailer != null && !workers.awaitTermination(MAIL_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      mailer.abort();
    }
  }
}
