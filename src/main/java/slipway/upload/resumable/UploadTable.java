package slipway.upload.resumable;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.PreparedBatch;
import slipway.db.Database;
import slipway.db.NotWrittenException;
import slipway.db.RowReader;
import slipway.health.BusyException;
import slipway.media.KeptPiece;
import slipway.media.PieceStore;
import slipway.token.TokenUse;

/** The rows of uploads in pieces. */
public final class UploadTable {
  private static final Pattern PIECE_NAME = Pattern.compile("[0-9a-f]{32}");

  /** Rows deleted in one transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  /** Of the clock that all nodes share. */
  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

  /**
   * Whether a node said no longer ago that it is there than half of the silence after which it is
   * taken for dead.
   */
  private static final String FRESH = "n.seen_at > %s - 15000".formatted(NOW);

  /** Nobody could send anything while its node was away. */
  private static final String TOUCH =
      "touched_at = case when node_id is null then touched_at else ? end";

  private static final String TAKE_OVER =
      """
      update chunked_upload set node_id = ?, wanted_by = null, epoch = epoch + 1, %s
      where photo_id is null
        and (node_id is null and (wanted_by is null or wanted_by = ?
            or not exists (select 1 from node n where n.node_id = chunked_upload.wanted_by))
          or node_id <> ?
            and not exists (select 1 from node n where n.node_id = chunked_upload.node_id))
        and exists (select 1 from node n where n.node_id = ? and %s)
      returning upload_id"""
          .formatted(TOUCH, FRESH);

  /**
   * Of an upload whose pieces are in a store, all that its node wrote is fenced: it need not be
   * known to be gone, but two of its signs of life are missing.
   */
  private static final String TAKE =
      """
      update chunked_upload set node_id = ?, wanted_by = null, epoch = epoch + 1, %s
      where upload_id = ? and photo_id is null
        and (node_id is null or node_id <> ?
          and not exists (select 1 from node n where n.node_id = chunked_upload.node_id
            and n.seen_at > (extract(epoch from clock_timestamp()) * 1000)::bigint - 12000))
        and exists (select 1 from node n where n.node_id = ? and %s)
      returning upload_id"""
          .formatted(TOUCH, FRESH);

  private static final String NOTE =
      """
      insert into stray_object
        select cast(? as text), coalesce((select max(ran_seconds) from bucket_sweep), 0)
        on conflict do nothing""";

  /** Nothing reads them from there any more. */
  private static final String REPLACE_PIECES =
      """
      with replaced as (
        delete from upload_piece where media_name = ? and first_byte >= ? and end_byte <= ?
        returning object)
      insert into stray_object
        select object, coalesce((select max(ran_seconds) from bucket_sweep), 0) from replaced
        on conflict do nothing""";

  /** What is deleted of a bucket after a while, unless somebody does it before. */
  private static final String NOTE_PIECES =
      """
      insert into stray_object
        select object, coalesce((select max(ran_seconds) from bucket_sweep), 0) from upload_piece
        where media_name = ? on conflict do nothing""";

  /** One that this node has lost to an error it will have again by itself. */
  private static final String ASK_FOR =
      """
      update chunked_upload set wanted_by = case when node_id = ? then wanted_by else ? end
      where %s and photo_id is null returning upload_id""";

  private static final String ASK_FOR_ID = ASK_FOR.formatted("upload_id = ?");
  private static final String ASK_FOR_KEY =
      ASK_FOR.formatted("upload_token = ? and identifier = ? and size = ?");

  /** From a node that is there nobody takes its uploads for a while. */
  private static final String HOLD =
      """
      select exists (select 1 from node n where n.node_id = c.node_id and %s)
      from chunked_upload c
      where upload_id = ? and node_id = ? and epoch = ? and photo_id is null"""
          .formatted(FRESH);

  private final Database database;
  private final Clock clock;
  private final RefusedTable refused;
  private final String node;
  private final PieceStore store;

  /** The rows of a database that no other node has. */
  public UploadTable(Database database, Clock clock) {
    this(database, clock, null);
  }

  /** The same, where pieces are in no bucket. */
  public UploadTable(Database database, Clock clock, String node) {
    this(database, clock, node, null);
  }

  /**
   * The rows of a database that several nodes share. Each receives uploads of its own: it changes
   * no row that another has taken over, though it slept meanwhile and does not know.
   *
   * @param node the name of this one; null where it is alone
   * @param store where their pieces are; null where that is the spool
   */
  public UploadTable(Database database, Clock clock, String node, PieceStore store) {
    this.database = database;
    this.clock = clock;
    this.refused = new RefusedTable(database, clock);
    this.node = node;
    this.store = store;
    if (node != null && !node.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("No name of a node");
    }
  }

  /**
   * Ends a condition, so that it holds only while this node has that upload. Quoted by hand, as the
   * statements have parameters of both kinds; the name is a UUID.
   */
  private String own(UploadInfo info) {
    return node == null ? "" : " and node_id = '" + node + "' and epoch = " + info.epoch();
  }

  /**
   * An upload's row.
   *
   * @param received the bytes that are durable for sure
   * @param photoId the photo it has become; null while it is unfinished
   * @param senders as {@link Contributors} wrote them
   * @param idle how long nothing had come when it was read, by the clock that the nodes share; none
   *     where a node is alone, whose clock may have been set meanwhile
   */
  record Row(UploadInfo info, ByteRanges received, Long photoId, String senders, Duration idle) {
    Row(UploadInfo info, ByteRanges received, Long photoId) {
      this(info, received, photoId, "", Duration.ZERO);
    }

    /** The same under the name that its file has by now. */
    Row of(UploadInfo renamed) {
      return new Row(renamed, received, photoId, senders, idle);
    }
  }

  /** Those that were refused. */
  RefusedTable refused() {
    return refused;
  }

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

  /**
   * Takes over what nodes received that are gone, with what this one had before, and what others
   * have let go: their rows are its own from now on. Of two nodes that do this one gets each row.
   *
   * @return all that are unfinished, where it is alone
   */
  List<Row> takeOver() {
    if (node == null) {
      return unfinished();
    }
    Set<String> taken = new HashSet<>(ids(TAKE_OVER, node, clock.millis(), node, node, node));
    return taken.isEmpty()
        ? List.of()
        : unfinished().stream().filter(row -> taken.contains(row.info().id())).toList();
  }

  private List<String> ids(String sql, Object... values) {
    return database.alone(row -> row.text("upload_id"), sql, values);
  }

  /** Whether there are other nodes. */
  boolean isShared() {
    return node != null;
  }

  /**
   * Asks for the unfinished upload of that id, which is not in this node's memory: the node that
   * receives it is to let it go.
   *
   * @return its id; empty when there is none
   */
  Optional<String> askFor(String id) {
    return node == null ? Optional.empty() : ids(ASK_FOR_ID, node, node, id).stream().findFirst();
  }

  /** The same of the one of that key. */
  Optional<String> askFor(UploadKey key) {
    return node == null
        ? Optional.empty()
        : ids(ASK_FOR_KEY, node, node, key.token(), key.identifier(), key.size()).stream()
            .findFirst();
  }

  /**
   * Takes over the unfinished upload of that id, whose pieces are in a store, if it was let go, or
   * its node says nothing.
   */
  Optional<Row> take(String id) {
    return ids(TAKE, node, clock.millis(), id, node, node).isEmpty()
        ? Optional.empty()
        : row("upload_id = ? and photo_id is null", id);
  }

  /** The pieces of a file that is being received, in the order in which they came. */
  List<KeptPiece> pieces(UploadInfo info) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select object, first_byte, end_byte from upload_piece
                    where media_name = ? order by number""",
                    info.mediaName())
                .map(RowReader.to(UploadTable::piece))
                .list());
  }

  private static KeptPiece piece(RowReader row) throws SQLException {
    Matcher name = PIECE_NAME.matcher(row.text("object"));
    if (!name.find()) {
      throw new IllegalStateException("No name of a piece");
    }
    return new KeptPiece(name.group(), row.number("first_byte"), row.number("end_byte"));
  }

  /** Which of some objects are pieces of files that are being received. */
  public Set<String> piecesAmong(Collection<String> names) {
    return names.isEmpty()
        ? Set.of()
        : database.read(
            handle ->
                new HashSet<>(
                    handle
                        .createQuery("select object from upload_piece where object in (<names>)")
                        .bindList("names", List.copyOf(names))
                        .mapTo(String.class)
                        .list()));
  }

  /** Those of some pieces of which no row tells any more. */
  List<String> noted(Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    Set<String> noted =
        database.read(
            handle ->
                new HashSet<>(
                    handle
                        .createQuery("select name from stray_object where name in (<names>)")
                        .bindList("names", names.stream().map(store::nameOf).toList())
                        .mapTo(String.class)
                        .list()));
    return names.stream().filter(name -> noted.contains(store.nameOf(name))).toList();
  }

  /** Says that pieces are gone whose rows were deleted: nobody need do that any more. */
  void forgetPieces(Collection<String> names) {
    if (!names.isEmpty()) {
      database.write(
          tx -> {
            PreparedBatch batch = tx.prepareBatch("delete from stray_object where name = ?");
            names.forEach(name -> batch.add(store.nameOf(name)));
            return batch.execute();
          });
    }
  }

  /** How long ago one of several nodes' uploads began, by the clock that they share. */
  Duration age(String id) {
    long millis =
        database.read(
            handle ->
                handle
                    .select(
                        "select %s - begun_at from chunked_upload where upload_id = ?"
                            .formatted(NOW),
                        id)
                    .mapTo(Long.class)
                    .findFirst()
                    .orElse(0L));
    return Duration.ofMillis(Math.max(0, millis));
  }

  /** The ids of the unfinished ones of this node, by the names of their files. */
  Map<String, String> own() {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select upload_id, media_name from chunked_upload
                    where photo_id is null and node_id = ?""",
                    node)
                .setMapKeyColumn("media_name")
                .setMapValueColumn("upload_id")
                .collectInto(new GenericType<Map<String, String>>() {}));
  }

  /** Those of this node that others ask for. */
  List<String> wanted() {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select upload_id from chunked_upload
                    where photo_id is null and wanted_by is not null and node_id = ?""",
                    node)
                .mapTo(String.class)
                .list());
  }

  /**
   * Lets the one that wants it have it.
   *
   * @param senders what is known of who has sent it
   * @param idle how long nothing has come, be it received or not
   */
  void letGo(UploadInfo info, String senders, Duration idle) {
    database.write(
        tx -> {
          requireOwn(
              tx.execute(
                  """
                  update chunked_upload set node_id = null, senders = ?,
                    touched_at = greatest(touched_at, ?) where upload_id = ?"""
                      + own(info),
                  senders,
                  clock.millis() - idle.toMillis(),
                  info.id()));
          return null;
        });
  }

  /** The same of one that is not in the memory. */
  void letLostGo(String id) {
    database.execute(
        """
        update chunked_upload set node_id = null, touched_at = ?
        where upload_id = ? and node_id = ?""",
        clock.millis(),
        id,
        node);
  }

  /** Whether the upload has a row, and that is this node's. */
  boolean isOwn(UploadInfo info) {
    return node == null
        || database.read(
            handle ->
                handle
                    .select(
                        """
                        select 1 from chunked_upload
                        where upload_id = ? and node_id = ? and epoch = ?""",
                        info.id(),
                        node,
                        info.epoch())
                    .mapTo(Integer.class)
                    .findFirst()
                    .isPresent());
  }

  /**
   * Whether this node has that unfinished upload, and no other takes it over within the next
   * seconds. To be asked just before its file is moved, cut or deleted: all nodes have the same
   * folder, where nothing keeps one that slept from the file of another.
   *
   * @throws BusyException when this node has been silent, and is not known to be there again
   */
  boolean holds(UploadInfo info) {
    if (node == null) {
      return true;
    }
    Optional<Boolean> isFresh =
        database.read(
            handle ->
                handle
                    .select(HOLD, info.id(), node, info.epoch())
                    .mapTo(Boolean.class)
                    .findFirst());
    if (isFresh.isPresent() && !isFresh.get()) {
      throw new BusyException("This node was silent, and may lose the upload to another");
    }
    return isFresh.isPresent();
  }

  /**
   * Has what is written next come after all that was written before: where there are many writers,
   * a commit that is in doubt may follow it.
   */
  void settleEarlier() {
    if (!database.hasOneWriter()) {
      database.settle();
    }
  }

  /** To be thrown in the transaction, which is rolled back by that. */
  private void requireOwn(int changed) {
    if (node != null && changed == 0) {
      throw new NotWrittenException("Another node has taken the upload over", null);
    }
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
   * Those of that key, but of any size, that a last chunk may be of; unfinished ones, and late
   * ones, first. What was stored tells how large its chunks were, by the most that it could have.
   */
  List<UploadInfo> named(UploadKey key, LastChunk last) {
    return rows(
            """
            upload_token = ? and identifier = ?
              and (most_bytes = 0 or most_bytes / ? * ? = size - ?)
              order by case when photo_id is null then 0 else 1 end, touched_at desc limit 20""",
            key.token(),
            key.identifier(),
            last.count(),
            last.count() - 1,
            last.length())
        .stream()
        .map(Row::info)
        .filter(last::fits)
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
                .map(RowReader.to(this::row))
                .list());
  }

  /**
   * Adds one, unless another node has begun it meanwhile, by its key or its idempotency key, or has
   * had it refused.
   *
   * @param idempotencyKey what tells a repeat of its creation; null for none
   * @param use what it holds of its token; null for a part
   * @return whether it was added
   */
  boolean insert(UploadInfo info, String idempotencyKey, TokenUse use) {
    return database.write(
        tx -> {
          boolean isAdded = insert(tx, info, idempotencyKey) > 0;
          if (isAdded) {
            bind(tx, use, info.id());
          }
          return isAdded;
        });
  }

  private static void bind(Handle tx, TokenUse use, String id) {
    if (use != null) {
      use.bind(tx, id);
    }
  }

  private int insert(Handle tx, UploadInfo info, String idempotencyKey) {
    return tx.createUpdate(
            """
            insert into chunked_upload (upload_id, upload_token, identifier, size, filename,
              media_name, metadata, concat, touched_at, idempotency_key, node_id, begun_at)
            select :id, :token, :identifier, :size, :filename, :mediaName, :metadata, :concat,
              :now, :idempotencyKey, :node, %s
            where not exists (select 1 from refused_upload
              where upload_token = :token and hash = :hash and ends_at > :now and beginning = '')
            on conflict do nothing"""
                .formatted(node == null ? ":now" : NOW))
        .bindMethods(info)
        .bind("hash", info.key().hash())
        .bind("node", node)
        .bind("idempotencyKey", idempotencyKey)
        .bind("now", clock.millis())
        .execute();
  }

  /**
   * Writes down which bytes are there.
   *
   * @param pieces those of them that are new, where they are in a store
   */
  void received(UploadInfo info, String ranges, List<KeptPiece> pieces) {
    database.write(
        tx -> {
          requireOwn(
              tx.execute(
                  "update chunked_upload set received = ?, touched_at = ? where upload_id = ?"
                      + own(info),
                  ranges,
                  clock.millis(),
                  info.id()));
          pieces.forEach(piece -> insert(tx, info, piece));
          return null;
        });
  }

  /** In place of those within it. Its upload's row is locked by the transaction. */
  private void insert(Handle tx, UploadInfo info, KeptPiece piece) {
    tx.execute(REPLACE_PIECES, info.mediaName(), piece.first(), piece.end());
    tx.execute(
        """
        insert into upload_piece (media_name, number, object, first_byte, end_byte)
          select ?, coalesce(max(number), 0) + 1, ?, ?, ? from upload_piece where media_name = ?""",
        info.mediaName(),
        store.nameOf(piece.name()),
        piece.first(),
        piece.end(),
        info.mediaName());
  }

  /** Has pieces be deleted after a while: nothing goes on with them. */
  private void endPieces(Handle tx, UploadInfo info) {
    if (store == null) {
      return;
    }
    tx.execute(NOTE_PIECES, info.mediaName());
    tx.execute("delete from upload_piece where media_name = ?", info.mediaName());
  }

  /**
   * Writes down that it has another id, which is its identifier, too.
   *
   * @param received the bytes that are there
   * @param idempotencyKey what tells a repeat of its creation; null for none
   * @param use what it holds of its token; null for a part
   */
  void handOver(
      UploadInfo info, String next, String received, String idempotencyKey, TokenUse use) {
    database.writeThoughFull(
        tx -> {
          requireOwn(
              tx.execute(
                  """
                  update chunked_upload set upload_id = ?, identifier = ?, received = ?,
                    idempotency_key = ?, touched_at = ? where upload_id = ?"""
                      + own(info),
                  next,
                  next,
                  received,
                  idempotencyKey,
                  clock.millis(),
                  info.id()));
          bind(tx, use, next);
          return null;
        });
  }

  /** Writes down how long a file is, or its name, of which that was not known. */
  void declare(UploadInfo now) {
    database.writeThoughFull(
        tx -> {
          requireOwn(
              tx.execute(
                  """
                  update chunked_upload set
                    most_bytes = case when concat = 'deferred' then size else most_bytes end,
                    size = ?, filename = ?, concat = ?, touched_at = ? where upload_id = ?"""
                      + own(now),
                  now.size(),
                  now.filename(),
                  now.concat(),
                  clock.millis(),
                  now.id()));
          return null;
        });
  }

  /** Takes {@link #handOver} back, where that holds. */
  void takeBack(String next, UploadInfo info, TokenUse use) {
    database.writeThoughFull(
        tx -> {
          tx.execute(
              "update chunked_upload set upload_id = ?, identifier = ? where upload_id = ?"
                  + own(info),
              info.id(),
              info.id(),
              next);
          bind(tx, use, info.id());
          return null;
        });
  }

  /**
   * Writes down that its file has another name, and has one be deleted after a while that a node
   * may have kept by the name of before.
   */
  void rename(UploadInfo info, String mediaName) {
    database.write(
        tx -> {
          requireOwn(
              tx.execute(
                  "update chunked_upload set media_name = ? where upload_id = ?" + own(info),
                  mediaName,
                  info.id()));
          if (store != null) {
            tx.execute(
                "update upload_piece set media_name = ? where media_name = ?",
                mediaName,
                info.mediaName());
            tx.execute(NOTE, store.nameOfWhole(info.mediaName()));
          }
          return null;
        });
  }

  /**
   * Writes down what it has become.
   *
   * @param word what is told of its key, should the photo be deleted; null for nothing
   */
  void finish(Handle tx, UploadInfo info, long photoId, RefusedTable.LastWord word) {
    requireOwn(
        tx.execute(
            "update chunked_upload set photo_id = ?, touched_at = ? where upload_id = ?"
                + own(info),
            photoId,
            clock.millis(),
            info.id()));
    endPieces(tx, info);
    if (word != null) {
      refused.add(tx, info.key(), word);
    }
  }

  private int delete(Handle tx, UploadInfo info) {
    int deleted =
        tx.execute("delete from chunked_upload where upload_id = ?" + own(info), info.id());
    if (deleted > 0) {
      endPieces(tx, info);
    }
    return deleted;
  }

  /**
   * Deletes that of an upload which has ended.
   *
   * @param word what is told of its key from then on; null for nothing
   */
  void delete(UploadInfo info, RefusedTable.LastWord word) {
    database.writeThoughFull(
        tx -> {
          if (delete(tx, info) > 0 && word != null) {
            refused.add(tx, info.key(), word);
          }
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

  private Row row(RowReader row) throws SQLException {
    return new Row(
        new UploadInfo(
            row.text("upload_id"),
            new UploadKey(row.text("upload_token"), row.text("identifier"), row.number("size")),
            row.text("filename"),
            row.text("media_name"),
            row.text("metadata"),
            row.text("concat"),
            row.number("epoch")),
        ByteRanges.parse(row.text("received")),
        row.numberOrNull("photo_id"),
        row.text("senders"),
        idle(row.number("touched_at")));
  }

  private Duration idle(long touchedAt) {
    return node == null
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, clock.millis() - touchedAt));
  }
}
