package slipway.auth;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * The nonces used at a server that is the only one, per credential, for as long as their timestamps
 * are within the window. No request is accepted twice, although memory is bounded and lost at the
 * end: once a nonce is forgotten, its timestamp is no longer accepted.
 */
final class OwnNonces implements Nonces {
  /** How long one is kept after its time is over, as the clock may be set back. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Seconds by which a clock that is merely slewed may go back. */
  private static final long MOST_SLEW = 60;

  private final Map<Long, Seen> byCredential = new ConcurrentHashMap<>();
  private final Database database;
  private final ClockWatch clock;
  private final long window;
  private final int most;

  /**
   * Loads what must survive a restart.
   *
   * @param window seconds that a timestamp may be off
   * @param most nonces kept per credential
   */
  OwnNonces(Database database, ClockWatch clock, long window, int most) {
    this.database = database;
    this.clock = clock;
    this.window = window;
    this.most = most;
    load();
  }

  /**
   * A nonce.
   *
   * @param used when it was used, by the time that has passed since the start
   */
  private record Nonce(long stamp, String text, Duration used) {}

  /**
   * The timestamp up to which none is accepted, and when this server started by the clock at that
   * time.
   */
  private record Floor(long stamp, long started) {}

  /** The nonces that one credential has used. */
  private static final class Seen {
    private final TreeSet<Nonce> nonces =
        new TreeSet<>(Comparator.comparingLong(Nonce::stamp).thenComparing(Nonce::text));
    private Floor floor = new Floor(0, 0);
  }

  @Override
  public void use(long credentialId, long stamp, String nonce) throws InvalidSignatureException {
    Seen seen = byCredential.computeIfAbsent(credentialId, id -> new Seen());
    synchronized (seen) {
      check(seen, stamp, nonce);
      seen.nonces.add(new Nonce(stamp, nonce, clock.passed()));
      forget(seen);
    }
    if (stamp > now() || clock.believed().isEmpty()) {
      keep(credentialId, stamp, nonce);
    }
  }

  @Override
  public void check(long credentialId, long stamp, String nonce) throws InvalidSignatureException {
    Seen seen = byCredential.computeIfAbsent(credentialId, id -> new Seen());
    synchronized (seen) {
      check(seen, stamp, nonce);
    }
  }

  private void check(Seen seen, long stamp, String nonce) throws InvalidSignatureException {
    if (stamp <= now(seen.floor) || stamp < started()) {
      throw Nonces.forgotten();
    }
    if (seen.nonces.contains(new Nonce(stamp, nonce, Duration.ZERO))) {
      throw Nonces.used();
    }
  }

  /**
   * When this server started, as the present clock would have shown it: if the clock was wrong at
   * the start and has been corrected since, signatures by correct clocks must not be refused. A
   * restart within one second cannot be told.
   */
  private long started() {
    return clock.now().minus(clock.passed()).getEpochSecond();
  }

  /**
   * The floor goes back with a clock that is set back: otherwise nothing would be accepted for that
   * long.
   */
  private long now(Floor floor) {
    long moved = started() - floor.started();
    return floor.stamp() + (moved < -MOST_SLEW ? moved : 0);
  }

  private void forget(Seen seen) {
    while (seen.nonces.size() > most || !seen.nonces.isEmpty() && isOver(seen.nonces.first())) {
      seen.floor = new Floor(seen.nonces.pollFirst().stamp(), started());
    }
  }

  private boolean isOver(Nonce nonce) {
    return nonce.stamp() < now() - window
        && clock.passed().minus(nonce.used()).compareTo(KEPT) >= 0;
  }

  /**
   * After a restart all timestamps before it are refused, so only those ahead of the clock, which
   * may be set back, need a row.
   */
  private void keep(long credentialId, long stamp, String nonce) {
    database.write(
        tx -> {
          clock
              .believed()
              .ifPresent(
                  now ->
                      tx.execute(
                          "delete from oauth_nonce where stamp < ?",
                          now.getEpochSecond() - window));
          return tx.execute(
              "insert into oauth_nonce (credential_id, stamp, nonce) values (?, ?, ?)",
              credentialId,
              stamp,
              nonce);
        });
  }

  private void load() {
    database.read(
        handle ->
            handle
                .createQuery("select * from oauth_nonce")
                .map(
                    RowReader.to(
                        row ->
                            byCredential
                                .computeIfAbsent(row.number("credential_id"), id -> new Seen())
                                .nonces
                                .add(
                                    new Nonce(
                                        row.number("stamp"), row.text("nonce"), Duration.ZERO))))
                .list());
  }

  private long now() {
    return clock.now().getEpochSecond();
  }
}
