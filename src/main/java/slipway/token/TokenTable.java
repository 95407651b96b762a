package slipway.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Column;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.Details;

/** The tokens' rows in the database. */
final class TokenTable {
  private static final String INSERT =
      """
      insert into upload_token (token, return_url, background_return, extra, user_id, album_id,
        title, description, tags, publish, publish_at, absolute_url, max_bytes, accept,
        allowed_origin, valid_minutes, max_uploads, valid_until, credential_id, issuer_user_id,
        replaces, issued_at, upload_link)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      where not exists (
        select 1 from credential where credential_id = ? and revoked_at is not null)\
      """;

  /** When a token was revoked, by itself or with all of its credential; null if it was not. */
  private static final String WITHDRAWN =
      """
      coalesce(revoked_at, (select c.tokens_revoked_at from credential c
        where c.credential_id = upload_token.credential_id))""";

  /** Without the columns that no list shows, which may be long. */
  private static final String LISTED =
      """
      select token, return_url, background_return, extra, user_id, album_id,
        substr(title, 1, 1000) as title, '' as description, '' as tags, publish, publish_at,
        absolute_url, max_bytes, accept, allowed_origin, valid_minutes, max_uploads, valid_until,
        credential_id, issuer_user_id, replaces, issued_at, upload_link, spent, reserved,
        %s as withdrawn_at from upload_token"""
          .formatted(WITHDRAWN);

  private static final String FIND =
      "select *, %s as withdrawn_at from upload_token where token = ?".formatted(WITHDRAWN);

  /** Covered by an index of its own, as it is counted often. */
  static final String COUNT_VALID =
      """
      select count(*) from (select 1 from upload_token
        where valid_until > :now and valid_until <= :mostUntil and revoked_at is null
          and (credential_id is null
            or credential_id not in (select c.credential_id from credential c
              where c.tokens_revoked_at is not null)) limit :most) c""";

  /** No id is longer, whatever is requested. */
  static final int LONGEST_ID = 100;

  /** Rows deleted per transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  /** Keys of counts besides the numbers of credentials. */
  private static final long ALL = -1;

  private static final long VALID = -2;

  private final Database database;
  private final Clock clock;
  private final Counts<Long> counts;

  TokenTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.counts = new Counts<>(clock, key -> 1);
  }

  void insert(UploadToken token) {
    checkAdded(database.execute(INSERT, values(token)));
  }

  /** Adds a token in the caller's transaction. */
  void insert(Handle tx, UploadToken token) {
    checkAdded(Plain.execute(tx, INSERT, values(token)));
  }

  private static void checkAdded(int added) {
    if (added == 0) {
      throw new IssuerRevokedException();
    }
  }

  private Object[] values(UploadToken token) {
    Details details = token.details();
    return new Object[] {
      token.id(),
      token.returnTo().url(),
      token.returnTo().inBackground(),
      ExtraColumn.encode(token.returnTo().extra()),
      details.userId(),
      Column.list(details.albumIds()),
      details.title(),
      details.description().html(),
      details.tags(),
      details.publish(),
      Column.millis(details.publishAt()),
      details.absoluteUrl(),
      token.limits().maxBytes(),
      Column.list(token.limits().accept()),
      allowedOrigin(token),
      token.validMinutes(),
      token.maxUploads(),
      Column.millis(token.validUntil()),
      token.issuer().credentialId(),
      token.issuer().userId(),
      token.replaces(),
      clock.millis(),
      token.issuer().link(),
      token.issuer().credentialId()
    };
  }

  private static String allowedOrigin(UploadToken token) {
    AllowedOrigin allowed = token.limits().allowedOrigin();
    return allowed == null ? null : allowed.text();
  }

  /** The details of a token's photos, as seen by that transaction or read; empty without a row. */
  Optional<Details> details(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select user_id, album_id, title, description, tags, publish, publish_at, absolute_url
            from upload_token where token = ?\
            """)
        .bind(0, id)
        .map(RowReader.to(TokenRow::details))
        .findOne();
  }

  /** Writes the details of a token again. */
  void update(Handle tx, String id, Details details) {
    tx.createUpdate(
            """
            update upload_token set album_id = :albums, title = :title,
              description = :description, tags = :tags, publish = :publish where token = :id\
            """)
        .bindMethods(details)
        .bind("description", details.description().html())
        .bind("albums", Column.list(details.albumIds()))
        .bind("id", id)
        .execute();
  }

  void spend(Handle tx, String id) {
    Plain.execute(tx, "update upload_token set spent = spent + 1 where token = ?", id);
  }

  int spent(Handle tx, String id) {
    return Plain.query(
            tx, row -> row.integer("spent"), "select spent from upload_token where token = ?", id)
        .stream()
        .findFirst()
        .orElse(0);
  }

  long countValid(Instant now) {
    return counts.of(
        VALID,
        most ->
            database.scan(
                handle ->
                    handle
                        .createQuery(COUNT_VALID)
                        .bind("now", now.toEpochMilli())
                        .bind("mostUntil", UploadToken.mostValidUntil(now.toEpochMilli()))
                        .bind("most", most)
                        .mapTo(Long.class)
                        .one()));
  }

  /** A token that is kept and not revoked. */
  Optional<KeptToken> find(String id) {
    return findEvenRevoked(id).filter(kept -> kept.revokedAt() == null);
  }

  Optional<KeptToken> findEvenRevoked(String id) {
    if (id.length() > LONGEST_ID) {
      return Optional.empty();
    }
    return database.read(
        handle -> handle.createQuery(FIND).bind(0, id).map(RowReader.to(TokenRow::of)).findOne());
  }

  /** The same, by a query that locks it. */
  Optional<KeptToken> lock(Handle tx, String id, String lock) {
    return tx.createQuery(FIND + lock).bind(0, id).map(RowReader.to(TokenRow::of)).findOne();
  }

  /**
   * Kept tokens without description and tags, the newest first; those of one credential, or all for
   * null.
   */
  List<KeptToken> list(Long credentialId, int from, int count) {
    return database.scan(
        handle ->
            issuedBy(
                    handle,
                    LISTED,
                    "order by issued_at desc, token limit :count offset :from",
                    credentialId)
                .bind("count", count)
                .bind("from", from)
                .map(RowReader.to(TokenRow::of))
                .list());
  }

  long count(Long credentialId) {
    return counts.of(
        credentialId == null ? ALL : credentialId,
        most ->
            database.scan(
                handle ->
                    issuedBy(
                            handle,
                            "select count(*) from (select 1 from upload_token",
                            "limit :most) c",
                            credentialId)
                        .bind("most", most)
                        .mapTo(Long.class)
                        .one()));
  }

  private static Query issuedBy(Handle handle, String select, String order, Long credentialId) {
    String where = credentialId == null ? "" : "where credential_id = :credentialId";
    Query query = handle.createQuery(String.join(" ", select, where, order));
    return credentialId == null ? query : query.bind("credentialId", credentialId);
  }

  /** Marks a token as revoked: one of that credential, or any for null. */
  boolean revoke(String id, Long credentialId) {
    if (id.length() > LONGEST_ID) {
      return false;
    }
    return database.write(
        tx ->
            tx.createUpdate(
                        """
                        update upload_token set revoked_at = :now
                        where token = :id and %s is null
                          and (:credentialId is null or credential_id = :credentialId)"""
                            .formatted(WITHDRAWN))
                    .bind("now", clock.millis())
                    .bind("id", id)
                    .bind("credentialId", credentialId)
                    .execute()
                > 0);
  }

  /** Marks all tokens of a credential as revoked, in a single row, as there may be a million. */
  void revokeAll(Handle tx, long credentialId) {
    tx.execute(
        "update credential set tokens_revoked_at = ? where credential_id = ?",
        clock.millis(),
        credentialId);
  }

  int deleteExpiredBefore(Instant then) {
    int deleted = 0;
    int last;
    do {
      last =
          database.execute(
              """
              delete from upload_token where token in (
                select token from upload_token where valid_until <= ? limit ?)\
              """,
              then.toEpochMilli(),
              SWEPT_AT_ONCE);
      deleted += last;
    } while (last == SWEPT_AT_ONCE);
    return deleted;
  }
}
