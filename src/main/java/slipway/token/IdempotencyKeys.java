package slipway.token;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * Which photo an upload with an Idempotency-Key made, by token: a repeat finds it, and makes none.
 * Kept as long as the token is.
 */
public final class IdempotencyKeys {
  private static final String FIND =
      "select photo_id from idempotent_upload where upload_token = ? and idempotency_key = ?";

  private final Database database;

  /** The keys of that database. */
  public IdempotencyKeys(Database database) {
    this.database = database;
  }

  /** The number of the photo that the token's upload with this key made. */
  public Optional<Long> find(String token, String key) {
    return database.read(handle -> find(handle, token, key));
  }

  /** The same, as it is within a transaction. */
  public Optional<Long> find(Handle tx, String token, String key) {
    return tx.createQuery(FIND).bind(0, token).bind(1, key).mapTo(Long.class).findOne();
  }

  /**
   * Notes the photo, in the transaction that makes it; a second one with the key fails. Of a token
   * that is kept no longer nobody can ask again.
   */
  public void add(Handle tx, String token, String key, long photoId) {
    tx.execute(
        """
        insert into idempotent_upload (upload_token, idempotency_key, photo_id)
        select token, ?, ? from upload_token where token = ?""",
        key,
        photoId,
        token);
  }
}
