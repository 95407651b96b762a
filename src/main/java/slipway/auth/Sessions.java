package slipway.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import slipway.clock.SteadyClock;
import slipway.db.Database;

/**
 * The people who have signed in: each session is a row, and its id, a secret of 64 hex digits, is
 * with the browser alone. Each session depends on a credential, and ends with it. Uses of sessions
 * are recorded from time to time, for many at once: a page never waits for the database's writer.
 */
public final class Sessions implements AutoCloseable {
  private static final int ID_BYTES = 32;

  /** Sessions written in one transaction, as others wait to write. */
  private static final int WRITTEN_AT_ONCE = 500;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final SessionTable table;
  private final Database database;
  private final CredentialStore credentials;
  private final SessionLimits limits;
  private final Clock clock;

  /**
   * The sessions of that database.
   *
   * @param credentials the credentials that they depend on
   * @param clock measures their time; it does not jump
   */
  public Sessions(
      Database database, CredentialStore credentials, SessionLimits limits, Clock clock) {
    this.table = new SessionTable(database);
    this.database = database;
    this.credentials = credentials;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Continues with those of an earlier run.
   *
   * @param last the time that it went by as it was last recorded; null for none
   */
  public Sessions start(Instant last) {
    Duration moved = SteadyClock.moved(last, clock.instant());
    if (!moved.isZero()) {
      table.shift(moved);
    }
    return this;
  }

  /**
   * A session that has begun.
   *
   * @param id its secret, for the browser's cookie
   * @param returnUrl where to continue to; null where it did not begin by a token
   */
  public record NewSession(String id, String returnUrl) {
    /** Says nothing secret. */
    @Override
    public String toString() {
      return "NewSession[]";
    }
  }

  /**
   * Begins a session that may do what its credential may.
   *
   * @param caller one who showed a credential
   * @return its id; empty when the credential was revoked just now
   */
  public Optional<String> signIn(Caller caller) {
    Instant now = clock.instant();
    Session session = new Session(caller.credentialId(), caller.userId(), caller.level(), now, now);
    String id = Secrets.hex(ID_BYTES);
    SessionTable.SessionRow row = new SessionTable.SessionRow(Secrets.sha256(id), session);
    boolean begun = database.write(tx -> SessionTable.insert(tx, row, limits.perUser()));
    return begun ? Optional.of(id) : Optional.empty();
  }

  /**
   * Issues a token by which one person begins a session.
   *
   * @param caller one who showed a credential
   * @param userId the user that the session acts for; null for none
   * @return the token, 64 hex digits; empty when there are too many
   * @throws CredentialRevokedException when the credential was revoked just now
   */
  public Optional<String> issue(
      SessionToken.Purpose purpose, Caller caller, Long userId, String returnUrl) {
    Instant until = clock.instant().plus(SessionToken.VALID);
    SessionToken token = new SessionToken(purpose, caller.credentialId(), userId, returnUrl, until);
    String id = Secrets.hex(ID_BYTES);
    return table.insert(Secrets.sha256(id), token) ? Optional.of(id) : Optional.empty();
  }

  /**
   * Uses a token up, and begins the session that it is for: of level {@code anonymous}, which is
   * enough to look at a closed site.
   *
   * @return empty when the token is unknown, used up, expired or withdrawn
   */
  public Optional<NewSession> redeem(SessionToken.Purpose purpose, String token) {
    if (!ID.matcher(token).matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String id = Secrets.hex(ID_BYTES);
    String hash = Secrets.sha256(token);
    if (!table.isWaiting(hash)) {
      return Optional.empty();
    }
    return database.write(
        tx -> {
          SessionToken taken = SessionTable.take(tx, hash, purpose).orElse(null);
          if (taken == null || !isLive(taken, now)) {
            return Optional.empty();
          }
          Session session =
              new Session(
                  taken.credentialId(), taken.userId(), PermissionLevel.ANONYMOUS, now, now);
          SessionTable.SessionRow row = new SessionTable.SessionRow(Secrets.sha256(id), session);
          int most = taken.userId() == null ? limits.visitors() : limits.perUser();
          return SessionTable.insert(tx, row, most)
              ? Optional.of(new NewSession(id, taken.returnUrl()))
              : Optional.empty();
        });
  }

  /** A token that is valid for longer than tokens are was issued by a clock that was wrong. */
  private static boolean isLive(SessionToken token, Instant now) {
    return token.validUntil().isAfter(now)
        && !token.validUntil().isAfter(now.plus(SessionToken.VALID));
  }

  /**
   * The caller that a session makes, which counts as a use of it.
   *
   * @param id the id that a browser sent
   * @return empty when there is no such session, or it is over
   */
  public Optional<Caller> find(String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    String hash = Secrets.sha256(id);
    Instant now = clock.instant();
    Optional<Caller> caller =
        table
            .find(hash)
            .map(row -> latest(hash, row))
            .filter(session -> session.isLive(now, limits))
            .flatMap(session -> credentials.find(session.credentialId()).map(session::caller));
    if (caller.isPresent()) {
      used.put(hash, now);
    }
    return caller;
  }

  private Session latest(String hash, Session row) {
    Instant latest = used.get(hash);
    return latest == null || latest.isBefore(row.usedAt()) ? row : row.usedAt(latest);
  }

  /** Ends a session, if there is one of that id. */
  public void signOut(String id) {
    if (ID.matcher(id).matches()) {
      table.end(Secrets.sha256(id));
    }
  }

  /**
   * Ends every session that acts for a user, and the tokens that would begin one.
   *
   * @return how many sessions there were
   */
  public int endAllOf(long userId) {
    return table.endAllOf(userId);
  }

  /**
   * Records which sessions were used, and deletes those that are over.
   *
   * @return how many were over, tokens included
   */
  public int sweep() {
    writeUses();
    return table.sweep(clock.instant(), limits);
  }

  private void writeUses() {
    Map<String, Instant> batch = notedUses();
    while (!batch.isEmpty()) {
      table.use(batch);
      // A session that was used since then stays in the list.
      batch.forEach(used::remove);
      batch = batch.size() < WRITTEN_AT_ONCE ? Map.of() : notedUses();
    }
  }

  private Map<String, Instant> notedUses() {
    Map<String, Instant> noted = new HashMap<>();
    for (Map.Entry<String, Instant> use : used.entrySet()) {
      if (noted.size() == WRITTEN_AT_ONCE) {
        break;
      }
      noted.put(use.getKey(), use.getValue());
    }
    return noted;
  }

  /** Records which sessions were used. */
  @Override
  public void close() {
    writeUses();
  }
}
