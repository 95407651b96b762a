package slipway.auth;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.db.Plain;

/**
 * The nonces used at any of the nodes that share a database, each a row that only one node can
 * insert. Those of the last second may be lost if the database itself crashes. Each is kept until
 * no node accepts its timestamp any more, even one whose clock is an hour behind.
 */
final class SharedNonces implements Nonces {
  private static final long KEPT = TimeUnit.HOURS.toSeconds(1);
  private static final long SWEEP_PERIOD = TimeUnit.MINUTES.toNanos(1);

  private static final String USE =
      """
      insert into oauth_nonce (credential_id, stamp, nonce) select ?, ?, ?
      where not exists (select 1 from oauth_nonce where credential_id = 0 and stamp >= ?)
      on conflict do nothing returning stamp""";

  private static final String FIND =
      "select stamp from oauth_nonce where credential_id = ? and stamp = ? and nonce = ?";

  /** The timestamp that a server which was the only one left, as its nonces were in memory. */
  private static final String FLOOR =
      "select stamp from oauth_nonce where credential_id = 0 and stamp >= ?";

  private final Database database;
  private final ClockWatch clock;
  private final long window;
  private final AtomicLong swept = new AtomicLong(System.nanoTime());

  /**
   * Those of that database.
   *
   * @param window seconds that a timestamp may be off
   */
  SharedNonces(Database database, ClockWatch clock, long window) {
    this.database = database;
    this.clock = clock;
    this.window = window;
  }

  @Override
  public void use(long credentialId, long stamp, String nonce) throws InvalidSignatureException {
    sweepAtTimes();
    if (database
        .alone(row -> row.number("stamp"), USE, credentialId, stamp, nonce, stamp)
        .isEmpty()) {
      throw isAny(FLOOR, stamp) ? Nonces.forgotten() : Nonces.used();
    }
  }

  @Override
  public void check(long credentialId, long stamp, String nonce) throws InvalidSignatureException {
    if (isAny(FLOOR, stamp)) {
      throw Nonces.forgotten();
    }
    if (isAny(FIND, credentialId, stamp, nonce)) {
      throw Nonces.used();
    }
  }

  private boolean isAny(String sql, Object... values) {
    return database.read(
        handle -> !Plain.query(handle, row -> row.number("stamp"), sql, values).isEmpty());
  }

  private void sweepAtTimes() {
    long last = swept.get();
    long now = System.nanoTime();
    if (now - last >= SWEEP_PERIOD && swept.compareAndSet(last, now)) {
      sweep();
    }
  }

  /** Deletes those that are over, by a clock that is believed. */
  void sweep() {
    clock
        .believed()
        .ifPresent(
            now ->
                database.execute(
                    "delete from oauth_nonce where stamp < ?",
                    now.getEpochSecond() - window - KEPT));
  }
}
