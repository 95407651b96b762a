package slipway.token;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * Which photo an upload with an Idempotency-Key made, by token: a repeat finds it, and makes none.
 * Kept as long as the token is.
 */
public final class IdempotencyKeys {
  private static final String FIND =
      """
      select photo_id, filename, size from idempotent_upload
      where upload_token = ? and idempotency_key = ?""";

  private final Database database;

  /** The keys of that database. */
  public IdempotencyKeys(Database database) {
    this.database = database;
  }

  /** What the token's upload with this key made. */
  public Optional<KeyedUpload> find(String token, String key) {
    return database.read(handle -> find(handle, token, key));
  }

  /** The same, as it is within a transaction. */
  public Optional<KeyedUpload> find(Handle tx, String token, String key) {
    return tx.createQuery(FIND)
        .bind(0, token)
        .bind(1, key)
        .map(
            RowReader.to(
                row ->
                    new KeyedUpload(
                        row.number("photo_id"), row.text("filename"), row.numberOrNull("size"))))
        .findOne();
  }

  /**
   * Notes what was made, in the transaction that makes it; a second one with the key fails. Of a
   * token that is kept no longer nobody can ask again.
   */
  public void add(Handle tx, String token, String key, KeyedUpload made) {
    tx.execute(
        """
        insert into idempotent_upload (upload_token, idempotency_key, photo_id, filename, size)
        select token, ?, ?, ?, ? from upload_token where token = ?""",
        key,
        made.photoId(),
        made.filename(),
        made.size(),
        token);
  }
}
