package slipway.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ObjIntConsumer;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/** The tokens' rows in the database. */
final class TokenTable {
  /** Rows outlive their token a while, for questions about what was uploaded with it. */
  static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(30);

  private final Database database;
  private final Clock clock;

  TokenTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  void insert(UploadToken token) {
    database.write(
        tx ->
            tx.createUpdate(
                    """
                    insert into upload_token (token, return_url, background_return, extra, user_id,
                      album_id, title, description, tags, publish, publish_at, absolute_url,
                      max_bytes, accept, allowed_origin, valid_minutes, max_uploads, valid_until,
                      credential_id, issuer_user_id, issued_at)
                    values (:id, :returnTo.url, :returnTo.inBackground, :returnTo.extra,
                      :details.userId, :albums, :details.title, :details.description,
                      :details.tags, :details.publish, :publishAt, :details.absoluteUrl,
                      :limits.maxBytes, :accept, :limits.allowedOrigin, :validMinutes,
                      :maxUploads, :until, :issuer.credentialId, :issuer.userId, :now)""")
                .bindMethods(token)
                .bind("albums", TokenRow.albums(token.details().albumIds()))
                .bind("publishAt", TokenRow.millis(token.details().publishAt()))
                .bind("accept", String.join(",", token.limits().accept()))
                .bind("until", token.validUntil().toEpochMilli())
                .bind("now", clock.millis())
                .execute());
  }

  void spend(Handle tx, String id) {
    tx.execute("update upload_token set spent = spent + 1 where token = ?", id);
  }

  void validAt(Instant now, ObjIntConsumer<UploadToken> each) {
    database.read(
        handle -> {
          handle
              .createQuery(
                  "select * from upload_token where valid_until > :now and revoked_at is null")
              .bind("now", now.toEpochMilli())
              .map((row, context) -> TokenRow.of(row))
              .useStream(rows -> rows.forEach(row -> each.accept(row.token(), row.spent())));
          return null;
        });
  }

  void deleteExpiredBefore(Instant then) {
    database.write(
        tx -> tx.execute("delete from upload_token where valid_until <= ?", then.toEpochMilli()));
  }
}
