package slipway.token;

import java.sql.ResultSet;
import java.sql.SQLException;
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

  TokenTable(Database database) {
    this.database = database;
  }

  void insert(UploadToken token) {
    database.write(
        tx ->
            tx.createUpdate(
                    """
                    insert into upload_token (token, return_url, user_id, album_id, title,
                      description, tags, publish, valid_minutes, max_uploads, valid_until)
                    values (:id, :returnUrl, :details.userId, :details.albumId, :details.title,
                      :details.description, :details.tags, :details.publish, :validMinutes,
                      :maxUploads, :until)""")
                .bindMethods(token)
                .bind("until", token.validUntil().toEpochMilli())
                .execute());
  }

  void spend(Handle tx, String id) {
    tx.execute("update upload_token set spent = spent + 1 where token = ?", id);
  }

  void validAt(Instant now, ObjIntConsumer<UploadToken> each) {
    database.read(
        handle -> {
          handle
              .createQuery("select * from upload_token where valid_until > :now")
              .bind("now", now.toEpochMilli())
              .map((row, context) -> new Row(token(row), row.getInt("spent")))
              .useStream(rows -> rows.forEach(row -> each.accept(row.token, row.spent)));
          return null;
        });
  }

  void deleteExpiredBefore(Instant then) {
    database.write(
        tx -> tx.execute("delete from upload_token where valid_until <= ?", then.toEpochMilli()));
  }

  private record Row(UploadToken token, int spent) {}

  private static UploadToken token(ResultSet row) throws SQLException {
    long userId = row.getLong("user_id");
    UploadToken.Details details =
        new UploadToken.Details(
            row.wasNull() ? null : userId,
            row.getString("album_id"),
            row.getString("title"),
            row.getString("description"),
            row.getString("tags"),
            row.getBoolean("publish"));
    return new UploadToken(
        row.getString("token"),
        row.getString("return_url"),
        details,
        row.getInt("valid_minutes"),
        row.getInt("max_uploads"),
        Instant.ofEpochMilli(row.getLong("valid_until")));
  }
}
