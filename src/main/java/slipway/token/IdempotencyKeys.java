package slipway.token;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.Plain;

/**
 * Which photo an upload with an Idempotency-Key made, by token: a repeat finds it, and makes no
 * other. Kept as long as the token.
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
    return database.read(handle -> ask(handle, token, key).get());
  }

  /** Requests the same, as seen within a transaction. */
  public Supplier<Optional<KeyedUpload>> ask(Handle tx, String token, String key) {
    Supplier<List<KeyedUpload>> rows =
        Plain.ask(
            tx,
            row ->
                new KeyedUpload(
                    row.number("photo_id"), row.text("filename"), row.numberOrNull("size")),
            FIND,
            token,
            key);
    return () -> rows.get().stream().findFirst();
  }

  /**
   * Records the photo, in the transaction that makes it; a second one with the key fails. Once a
   * token is deleted, nobody can repeat an upload with it.
   */
  public void add(Handle tx, String token, String key, KeyedUpload made) {
    Plain.later(
        tx,
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
