package slipway.upload.resumable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * The keys of uploads that were refused for good, for as long as their chunks may come: at
 * whichever node, and after a start, those get the same answer and do not begin the upload anew, of
 * which other chunks would be missing.
 */
final class RefusedTable {
  /** Rows of a token; of too many, those that end first go. */
  static final int MOST_OF_TOKEN = 100;

  /** Rows deleted in one transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  private final Database database;
  private final Clock clock;

  RefusedTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What is told of an upload that was refused.
   *
   * @param type that of the file, which is not taken; empty where chunks of two files came
   * @param kept how long it is told
   */
  record LastWord(String type, Duration kept) {}

  /** What {@link LastWord#type} says of an upload that was refused. */
  Optional<String> typeOf(UploadKey key) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select type from refused_upload
                    where upload_token = ? and hash = ? and ends_at > ?""",
                    key.token(),
                    key.hash(),
                    clock.millis())
                .mapTo(String.class)
                .findFirst());
  }

  /** Adds one, in the transaction that deletes its upload's row. */
  void add(Handle tx, UploadKey key, LastWord refusal) {
    List<String> before =
        tx.select(
                "select hash from refused_upload where upload_token = ? order by ends_at, hash",
                key.token())
            .mapTo(String.class)
            .list();
    for (String hash : before.subList(0, Math.max(0, before.size() - MOST_OF_TOKEN + 1))) {
      tx.execute(
          "delete from refused_upload where upload_token = ? and hash = ?", key.token(), hash);
    }
    tx.execute(
        """
        insert into refused_upload (upload_token, hash, type, ends_at) values (?, ?, ?, ?)
        on conflict (upload_token, hash) do update
          set type = excluded.type, ends_at = excluded.ends_at""",
        key.token(),
        key.hash(),
        refusal.type(),
        clock.instant().plus(refusal.kept()).toEpochMilli());
  }

  /**
   * Deletes those that are told no more.
   *
   * @return how many there were
   */
  int sweep(Instant now) {
    int all = 0;
    int last;
    do {
      last =
          database.execute(
              """
              delete from refused_upload where hash in (select hash from refused_upload
                where ends_at <= ? limit ?) and ends_at <= ?""",
              now.toEpochMilli(),
              SWEPT_AT_ONCE,
              now.toEpochMilli());
      all += last;
    } while (last >= SWEPT_AT_ONCE);
    return all;
  }
}
