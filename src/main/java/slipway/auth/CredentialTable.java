package slipway.auth;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.secret.SecretBox;

/** The rows of the credentials. */
final class CredentialTable {
  private final Database database;
  private final Clock clock;
  private final SecretBox box;

  CredentialTable(Database database, Clock clock, SecretBox box) {
    this.database = database;
    this.clock = clock;
    this.box = box;
  }

  /**
   * A credential with what proves it.
   *
   * @param keyHash of its Bearer key; null when it has none
   * @param oauth its OAuth key; null when it has none
   */
  record Entry(Credential credential, String keyHash, OAuthKey oauth) {}

  /**
   * The version of the rows, which tells whether any was added or revoked since: no row is deleted,
   * and no revocation is undone, so neither number returns to an earlier value. The highest number
   * would not do, as the row with the higher number may be committed first by one of two nodes.
   * After a failover that lost some rows, the times differ.
   *
   * @param all how many there are
   * @param revoked how many of them are revoked
   * @param lastAdded when the last one was added
   * @param lastRevoked when the last one was revoked
   */
  record Stand(long all, long revoked, long lastAdded, long lastRevoked) {
    static final Stand NONE = new Stand(0, 0, 0, 0);
  }

  Stand stand() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) as rows_there, count(revoked_at) as revoked,
                      coalesce(max(created_at), 0) as last_added,
                      coalesce(max(revoked_at), 0) as last_revoked from credential""")
                .map(
                    RowReader.to(
                        row ->
                            new Stand(
                                row.number("rows_there"),
                                row.number("revoked"),
                                row.number("last_added"),
                                row.number("last_revoked"))))
                .one());
  }

  /**
   * Adds one.
   *
   * @param granted tells in the same transaction what it may do
   */
  Entry add(Function<Handle, Credential.Grant> granted, String keyHash, OAuthKey oauth) {
    return database.write(tx -> add(tx, granted.apply(tx), keyHash, oauth));
  }

  /** Adds one unless there is one that is not revoked. */
  Optional<Entry> addFirst(Function<Handle, Credential.Grant> granted, String keyHash) {
    return database.write(
        tx -> {
          boolean isAny =
              tx.createQuery("select exists (select 1 from credential where revoked_at is null)")
                  .mapTo(boolean.class)
                  .one();
          return isAny ? Optional.empty() : Optional.of(add(tx, granted.apply(tx), keyHash, null));
        });
  }

  private Entry add(Handle tx, Credential.Grant grant, String keyHash, OAuthKey oauth) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    long id = insert(tx, grant, keyHash, oauth, now);
    String consumerKey = oauth == null ? null : oauth.consumerKey();
    return new Entry(new Credential(id, grant, keyHash != null, consumerKey, now), keyHash, oauth);
  }

  private long insert(
      Handle tx, Credential.Grant grant, String keyHash, OAuthKey oauth, Instant now) {
    String consumerKey = oauth == null ? null : oauth.consumerKey();
    return tx.createQuery(
            """
            insert into credential (name, level, user_id, pingback_url, key_hash, consumer_key,
              consumer_secret, access_token, access_secret, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning credential_id""")
        .bind(0, grant.name())
        .bind(1, grant.level().id())
        .bind(2, grant.userId())
        .bind(3, grant.pingbackUrl())
        .bind(4, keyHash)
        .bind(5, consumerKey)
        .bind(6, oauth == null ? null : box.close(oauth.consumerSecret(), consumerKey))
        .bind(7, oauth == null ? null : oauth.accessToken())
        .bind(8, oauth == null ? null : box.close(oauth.accessSecret(), consumerKey))
        .bind(9, now.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  /** Deletes the keys of a credential, unless it is the last one of level super. */
  void revoke(long credentialId, Consumer<Handle> also) throws LastSuperException {
    database.write(
        tx -> {
          long others =
              tx.createQuery(
                      """
                      select count(*) from credential
                      where level = ? and revoked_at is null and credential_id <> ?""")
                  .bind(0, PermissionLevel.SUPER.id())
                  .bind(1, credentialId)
                  .mapTo(Long.class)
                  .one();
          if (others == 0) {
            throw new LastSuperException();
          }
          SessionTable.endAll(tx, credentialId);
          also.accept(tx);
          return tx.createUpdate(
                  """
                  update credential set revoked_at = ?, key_hash = null, consumer_key = null,
                    consumer_secret = null, access_token = null, access_secret = null
                  where credential_id = ?""")
              .bind(0, clock.millis())
              .bind(1, credentialId)
              .execute();
        });
  }

  /** All that are not revoked. */
  List<Entry> all() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from credential where revoked_at is null")
                .map(RowReader.to(this::entry))
                .list());
  }

  private Entry entry(RowReader row) throws SQLException {
    Credential.Grant grant =
        new Credential.Grant(
            row.text("name"),
            row.constant("level", PermissionLevel.class),
            row.numberOrNull("user_id"),
            row.text("pingback_url"));
    String keyHash = row.text("key_hash");
    Credential credential =
        new Credential(
            row.number("credential_id"),
            grant,
            keyHash != null,
            row.text("consumer_key"),
            row.instant("created_at"));
    return new Entry(credential, keyHash, oauth(row));
  }

  private OAuthKey oauth(RowReader row) throws SQLException {
    String consumerKey = row.text("consumer_key");
    return consumerKey == null
        ? null
        : new OAuthKey(
            consumerKey,
            box.open(row.text("consumer_secret"), consumerKey),
            row.text("access_token"),
            box.open(row.text("access_secret"), consumerKey));
  }
}
