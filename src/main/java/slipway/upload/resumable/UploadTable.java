package slipway.upload.resumable;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/** The rows of uploads in pieces. */
public final class UploadTable {
  /** Rows deleted in one transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  private final Database database;
  private final Clock clock;

  /** The rows of that database. */
  public UploadTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * An upload's row.
   *
   * @param received the bytes that are on the disk for sure
   * @param photoId the photo it has become; null while it is unfinished
   */
  record Row(UploadInfo info, ByteRanges received, Long photoId) {}

  /** Names of the files of the unfinished uploads. */
  public Set<String> unfinishedFiles() {
    return database.read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("select media_name from chunked_upload where photo_id is null")
                    .mapTo(String.class)
                    .list()));
  }

  /** The ones that something came for last are the first. */
  List<Row> unfinished() {
    return rows("photo_id is null order by touched_at desc");
  }

  /** Those of a token. */
  List<Row> unfinished(String token) {
    return rows("upload_token = ? and photo_id is null", token);
  }

  /** The one that was created with an idempotency key, be it finished. */
  Optional<Row> created(String token, String idempotencyKey) {
    return row("upload_token = ? and idempotency_key = ?", token, idempotencyKey);
  }

  Optional<Row> finished(String id) {
    return row("upload_id = ? and photo_id is not null", id);
  }

  Optional<Row> finished(UploadKey key) {
    return row(
        "upload_token = ? and identifier = ? and size = ? and photo_id is not null",
        key.token(),
        key.identifier(),
        key.size());
  }

  /** Those of a token that were finished since then, of files of that size; the latest first. */
  List<Row> finishedSince(String token, long size, Instant then) {
    return rows(
        """
        upload_token = ? and size = ? and photo_id is not null and touched_at > ?
          order by touched_at desc""",
        token,
        size,
        then.toEpochMilli());
  }

  /**
   * Those of a token and a name that its client gave the file; unfinished ones, and late ones,
   * first.
   */
  List<UploadInfo> named(String token, String identifier) {
    return rows(
            """
            upload_token = ? and identifier = ?
              order by case when photo_id is null then 0 else 1 end, touched_at desc limit 20""",
            token,
            identifier)
        .stream()
        .map(Row::info)
        .toList();
  }

  /** Whether there is one of a token that has a name of its client's. */
  boolean hasChunksOf(String token) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select 1 from chunked_upload where upload_token = ?
                      and identifier <> upload_id limit 1""",
                    token)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  /** What parts of a token were put together to. */
  Optional<Row> finishedConcat(String token, String concat) {
    return row("upload_token = ? and concat = ? and photo_id is not null", token, concat);
  }

  private Optional<Row> row(String condition, Object... values) {
    return rows(condition, values).stream().findFirst();
  }

  private List<Row> rows(String condition, Object... values) {
    return database.read(
        handle ->
            handle
                .select("select * from chunked_upload where " + condition, values)
                .map(RowReader.to(UploadTable::row))
                .list());
  }

  /**
   * Adds one.
   *
   * @param idempotencyKey what tells a repeat of its creation; null for none
   */
  void insert(UploadInfo info, String idempotencyKey) {
    database.write(
        tx -> {
          insert(tx, info, idempotencyKey);
          return null;
        });
  }

  private void insert(Handle tx, UploadInfo info, String idempotencyKey) {
    tx.createUpdate(
            """
            insert into chunked_upload (upload_id, upload_token, identifier, size, filename,
              media_name, metadata, concat, touched_at, idempotency_key)
            values (:id, :token, :identifier, :size, :filename, :mediaName, :metadata, :concat,
              :now, :idempotencyKey)""")
        .bindMethods(info)
        .bind("idempotencyKey", idempotencyKey)
        .bind("now", clock.millis())
        .execute();
  }

  /** Writes down which bytes are there. */
  void received(String id, String ranges) {
    database.write(
        tx ->
            tx.execute(
                "update chunked_upload set received = ?, touched_at = ? where upload_id = ?",
                ranges,
                clock.millis(),
                id));
  }

  /**
   * Writes down that it has another id, which is its identifier, too.
   *
   * @param received the bytes that are there
   * @param idempotencyKey what tells a repeat of its creation; null for none
   */
  void handOver(String id, String next, String received, String idempotencyKey) {
    database.writeThoughFull(
        tx ->
            tx.execute(
                """
                update chunked_upload set upload_id = ?, identifier = ?, received = ?,
                  idempotency_key = ?, touched_at = ? where upload_id = ?""",
                next,
                next,
                received,
                idempotencyKey,
                clock.millis(),
                id));
  }

  /** Writes down how long a file is of which that was not known. */
  void declare(String id, long size) {
    database.writeThoughFull(
        tx ->
            tx.execute(
                """
                update chunked_upload set size = ?, concat = '', touched_at = ?
                  where upload_id = ?""",
                size,
                clock.millis(),
                id));
  }

  /** Takes {@link #handOver} back, where that holds. */
  void takeBack(String next, String id) {
    database.writeThoughFull(
        tx ->
            tx.execute(
                "update chunked_upload set upload_id = ?, identifier = ? where upload_id = ?",
                id,
                id,
                next));
  }

  /** Writes down that its file has another name. */
  void rename(String id, String mediaName) {
    database.execute("update chunked_upload set media_name = ? where upload_id = ?", mediaName, id);
  }

  void finish(Handle tx, String id, long photoId) {
    tx.execute(
        "update chunked_upload set photo_id = ?, touched_at = ? where upload_id = ?",
        photoId,
        clock.millis(),
        id);
  }

  void delete(Handle tx, String id) {
    tx.execute("delete from chunked_upload where upload_id = ?", id);
  }

  void delete(String id) {
    database.writeThoughFull(
        tx -> {
          delete(tx, id);
          return null;
        });
  }

  int deleteFinishedBefore(Instant then) {
    int all = 0;
    int last;
    do {
      last =
          database.execute(
              """
              delete from chunked_upload where upload_id in (select upload_id from chunked_upload
                where photo_id is not null and touched_at < ? limit ?)""",
              then.toEpochMilli(),
              SWEPT_AT_ONCE);
      all += last;
    } while (last == SWEPT_AT_ONCE);
    return all;
  }

  private static Row row(RowReader row) throws SQLException {
    return new Row(
        new UploadInfo(
            row.text("upload_id"),
            row.text("upload_token"),
            row.text("identifier"),
            row.number("size"),
            row.text("filename"),
            row.text("media_name"),
            row.text("metadata"),
            row.text("concat")),
        ByteRanges.parse(row.text("received")),
        row.numberOrNull("photo_id"));
  }
}
