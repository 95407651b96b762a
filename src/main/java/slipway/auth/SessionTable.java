package slipway.auth;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/** The rows of the sessions, and of the tokens that start them. */
final class SessionTable {
  /** Rows deleted in one transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  /** Tokens that wait at a time, in all. */
  private static final int MOST_TOKENS = 100_000;

  private static final String UNREVOKED =
      "exists (select 1 from credential where credential_id = :credential and revoked_at is null)";

  private final Database database;

  SessionTable(Database database) {
    this.database = database;
  }

  /**
   * A row of a session.
   *
   * @param hash of its id
   */
  record SessionRow(String hash, Session session) {}

  Optional<Session> find(String hash) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from session where id_hash = ?")
                .bind(0, hash)
                .map(RowReader.to(SessionTable::session))
                .findOne());
  }

  /**
   * Begins a session in a transaction, unless its credential is revoked.
   *
   * @param most how many there may be of the same user, or credential and level; older ones end
   * @return whether it has begun
   */
  static boolean insert(Handle tx, SessionRow row, int most) {
    Session session = row.session();
    int added =
        tx.createUpdate(
                """
                insert into session (id_hash, credential_id, user_id, level, created_at, used_at)
                select :hash, :credential, :user, :level, :created, :used where\s"""
                    + UNREVOKED)
            .bind("hash", row.hash())
            .bind("credential", session.credentialId())
            .bind("user", session.userId())
            .bind("level", session.level().id())
            .bind("created", session.createdAt().toEpochMilli())
            .bind("used", session.usedAt().toEpochMilli())
            .execute();
    if (added > 0) {
      endOldest(tx, row, most);
      noteLogin(tx, session);
    }
    return added > 0;
  }

  /**
   * Sessions of a user are counted together, whichever credential started them; others by
   * credential and level.
   */
  private static void endOldest(Handle tx, SessionRow row, int most) {
    Session session = row.session();
    String alike =
        session.userId() == null
            ? "credential_id = :credential and user_id is null and level = :level"
            : "user_id = :user";
    tx.createUpdate(
            "delete from session where id_hash in (select id_hash from session where "
                + alike
                + " and id_hash <> :hash order by used_at desc, id_hash limit :all offset :most)")
        .bind("credential", session.credentialId())
        .bind("user", session.userId())
        .bind("level", session.level().id())
        .bind("hash", row.hash())
        .bind("all", Integer.MAX_VALUE)
        .bind("most", most - 1)
        .execute();
  }

  private static void noteLogin(Handle tx, Session session) {
    if (session.userId() != null) {
      tx.execute(
          "update app_user set last_login_at = ? where user_id = ?",
          session.createdAt().toEpochMilli(),
          session.userId());
    }
  }

  /** Moves all in time. */
  void shift(Duration moved) {
    database.write(
        tx -> {
          tx.execute(
              "update session set created_at = created_at + ?, used_at = used_at + ?",
              moved.toMillis(),
              moved.toMillis());
          return tx.execute(
              "update session_token set valid_until = valid_until + ?", moved.toMillis());
        });
  }

  /** Records when sessions were used. */
  void use(Map<String, Instant> used) {
    database.write(
        tx -> {
          var batch = tx.prepareBatch("update session set used_at = :used where id_hash = :hash");
          used.forEach(
              (hash, moment) -> batch.bind("used", moment.toEpochMilli()).bind("hash", hash).add());
          return batch.execute();
        });
  }

  void end(String hash) {
    database.write(tx -> tx.execute("delete from session where id_hash = ?", hash));
  }

  /**
   * Ends the sessions and tokens that depend on a credential, in the transaction that revokes it.
   */
  static void endAll(Handle tx, long credentialId) {
    tx.execute("delete from session where credential_id = ?", credentialId);
    tx.execute("delete from session_token where credential_id = ?", credentialId);
  }

  /** Ends what acts for a user, and tells how many sessions that were. */
  int endAllOf(long userId) {
    return database.write(
        tx -> {
          tx.execute("delete from session_token where user_id = ?", userId);
          return tx.execute("delete from session where user_id = ?", userId);
        });
  }

  /**
   * Adds a token, unless too many wait.
   *
   * @return whether it was added
   * @throws CredentialRevokedException when its credential is revoked
   */
  boolean insert(String hash, SessionToken token) {
    return database.write(
        tx -> {
          boolean added = insert(tx, hash, token);
          if (!added && isRevoked(tx, token.credentialId())) {
            throw new CredentialRevokedException();
          }
          return added;
        });
  }

  private static boolean insert(Handle tx, String hash, SessionToken token) {
    return tx.createUpdate(
                """
                insert into session_token
                  (token_hash, purpose, credential_id, user_id, return_url, valid_until)
                select :hash, :purpose, :credential, :user, :url, :until
                where (select count(*) from session_token) < :most and\s"""
                    + UNREVOKED)
            .bind("hash", hash)
            .bind("purpose", token.purpose().id())
            .bind("credential", token.credentialId())
            .bind("user", token.userId())
            .bind("url", token.returnUrl())
            .bind("until", token.validUntil().toEpochMilli())
            .bind("most", MOST_TOKENS)
            .execute()
        > 0;
  }

  private static boolean isRevoked(Handle tx, long credentialId) {
    return !tx.createQuery("select " + UNREVOKED)
        .bind("credential", credentialId)
        .mapTo(boolean.class)
        .one();
  }

  /** Whether there is such a token, which is cheaper to check than to take it. */
  boolean isWaiting(String hash) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from session_token where token_hash = ?")
                .bind(0, hash)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** Deletes a token, so that it is used only once, and returns it. */
  static Optional<SessionToken> take(Handle tx, String hash, SessionToken.Purpose purpose) {
    return tx.createQuery(
            "delete from session_token where token_hash = ? and purpose = ? returning *")
        .bind(0, hash)
        .bind(1, purpose.id())
        .map(RowReader.to(SessionTable::token))
        .findOne();
  }

  /**
   * Deletes what is over.
   *
   * @return how many sessions and tokens
   */
  int sweep(Instant now, SessionLimits limits) {
    return sweep(
            "session",
            "id_hash",
            "used_at < ? or created_at < ?",
            now.minus(limits.idle()).toEpochMilli(),
            now.minus(limits.longest()).toEpochMilli())
        + sweep("session_token", "token_hash", "valid_until < ?", now.toEpochMilli());
  }

  private int sweep(String table, String key, String where, Object... values) {
    String sql =
        "delete from %1$s where %2$s in (select %2$s from %1$s where %3$s limit %4$d)"
            .formatted(table, key, where, SWEPT_AT_ONCE);
    int all = 0;
    int swept;
    do {
      swept = database.execute(sql, values);
      all += swept;
    } while (swept == SWEPT_AT_ONCE);
    return all;
  }

  private static Session session(RowReader row) throws SQLException {
    return new Session(
        row.number("credential_id"),
        row.numberOrNull("user_id"),
        row.constant("level", PermissionLevel.class),
        row.instant("created_at"),
        row.instant("used_at"));
  }

  private static SessionToken token(RowReader row) throws SQLException {
    return new SessionToken(
        row.constant("purpose", SessionToken.Purpose.class),
        row.number("credential_id"),
        row.numberOrNull("user_id"),
        row.text("return_url"),
        row.instant("valid_until"));
  }
}
