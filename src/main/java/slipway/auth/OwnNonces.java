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
 * The nonces that were used at a server which is the only one, per credential, as long as their
 * timestamps are within the window. No request is taken twice, though memory is bounded and ends
 * with the server: where a nonce is no longer known, its timestamp is not taken any more.
 */
final class OwnNonces implements Nonces {
  /** How long one is known though its time be over by the clock, which may be put back. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Seconds by which a clock may go back that is merely slewed. */
  private static final long MOST_SLEW = 60;

  private final Map<Long, Seen> byCredential = new ConcurrentHashMap<>();
  private final Database database;
  private final ClockWatch clock;
  private final long window;
  private final int most;

  /**
   * Loads what a restart must not forget.
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

  /** Up to which timestamp none is taken, and when this server started by the clock of then. */
  private record Floor(long stamp, long started) {}

  /** What one credential has used. */
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
   * When this server started, as the clock of now would have shown it: one that was wrong then, and
   * was put right since, must not refuse what is signed by right ones. A restart within one second
   * is not available.
   */
  private long started() {
    return clock.now().minus(clock.passed()).getEpochSecond();
  }

  /** A floor goes back with a clock that is put back: else nothing would be taken for as long. */
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
   * A restart refuses all stamps before it, so only those ahead of the clock need a row, be it that
   * the clock is put back.
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
