package slipway.photo;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.DetailsChange;
import slipway.details.PhotoText;

/** The photos and videos of the catalogue. */
public final class Photos {
  private static final String COLUMNS =
      """
      insert into photo (%stoken, tree_id, media_key, title, description, published,
        user_id, filename, content_type, video, size, upload_token,
        resumable_identifier, absolute_url, published_at, created_at, counted,
        rendition_version, scan_state, held, publish_later, video_state, description_folded)
      values (%s?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String INSERT = COLUMNS.formatted("", "");
  private static final String INSERT_NUMBERED = COLUMNS.formatted("photo_id, ", "?, ");

  /** Allocates a number before the insert, so that nothing waits for the photo's row. */
  private static final String NEXT = "select nextval('photo_photo_id_seq') as photo_id";

  /**
   * Queried after an insert, as SQLite logs the pages of a statement with {@code returning} twice.
   */
  private static final String ID = "select photo_id from photo where media_key = ?";

  /**
   * Not by a trigger, as with one SQLite logs the pages of an insert twice, too. Where uploads do
   * not wait for each other, a trigger adds a row instead.
   */
  private static final String TOTAL =
      """
      update photo_total set photos = photos + 1, published = published + ?, bytes = bytes + ?,
        latest = case when latest < ? then ? else latest end\
      """;

  /** The tables whose rows are deleted with a photo, as not every database does so by itself. */
  private static final List<String> OWN_ROWS =
      List.of(
          "delete from photo_word where photo_id = ?",
          "delete from photo_title where photo_id = ?",
          "delete from photo_tag where photo_id = ?",
          "delete from photo_album where photo_id = ?");

  private final Database database;
  private final Clock clock;
  private final ScanQueue scans;

  /** The photos of that database, whose files are not scanned. */
  public Photos(Database database, Clock clock) {
    this(database, clock, new ScanQueue(database, clock, false));
  }

  /** The photos of that database, which that queue holds until their files are scanned. */
  public Photos(Database database, Clock clock, ScanQueue scans) {
    this.database = database;
    this.clock = clock;
    this.scans = scans;
  }

  /** Adds a photo within the caller's transaction. */
  public Photo add(Handle tx, NewPhoto photo) {
    return add(tx, photo, number(tx));
  }

  /**
   * Asks for the number of a photo that the transaction is to {@link #add}, together with other
   * things. It is null where the photo's row is what gives it one.
   */
  public Supplier<Long> number(Handle tx) {
    if (!Plain.isLater(tx)) {
      return () -> null;
    }
    Supplier<List<Long>> next = Plain.ask(tx, row -> row.number("photo_id"), NEXT);
    return () -> next.get().get(0);
  }

  /**
   * Adds a photo within the caller's transaction and gives it its token. It goes into those of its
   * albums that are there.
   *
   * @param number asked for in the transaction
   */
  public Photo add(Handle tx, NewPhoto photo, Supplier<Long> number) {
    String token = PhotoToken.random();
    long now = clock.millis();
    Instant publishAt = photo.details().publishAt();
    long publishedAt = publishAt == null ? now : publishAt.toEpochMilli();
    boolean held = scans.isOn();
    boolean publish = photo.details().publish();
    boolean counted = publish && !held && publishedAt <= now;
    PhotoFile file = photo.file();
    long photoId =
        insert(
            tx,
            number.get(),
            file.mediaKey(),
            token,
            file.treeId(),
            file.mediaKey(),
            photo.text().title(),
            photo.text().description().html(),
            publish && !held,
            photo.details().userId(),
            file.filename(),
            file.contentType(),
            file.isVideo(),
            file.size(),
            photo.uploadToken(),
            photo.resumableIdentifier(),
            photo.details().absoluteUrl(),
            publishedAt,
            now,
            counted,
            file.renditionVersion(),
            scans.first().id(),
            held,
            publish && held,
            videoState(file),
            photo.text().descriptionFolded());
    if (database.hasOneWriter()) {
      long latest = counted ? publishedAt : 0;
      Plain.execute(tx, TOTAL, publish && !held ? 1 : 0, file.size(), latest, latest);
    }
    PhotoTitles.put(tx, photoId, photo.text().title());
    TagNames.add(tx, photoId, photo.text().tags());
    addToAlbums(tx, photoId, photo.details().albumIds());
    if (counted) {
      countNew(tx, photoId, photo);
    }
    PhotoIndex.add(tx, photoId, photo.text().words());
    scans.announce(tx);
    return new Photo(
        photoId,
        token,
        file,
        photo.text().title(),
        photo.text().description(),
        new Publication(
            publish && !held,
            Instant.ofEpochMilli(publishedAt),
            photo.details().absoluteUrl(),
            new PhotoScan(scans.first(), "", held)),
        PhotoFacts.NONE,
        new Origin(photo.details().userId(), Instant.ofEpochMilli(now)));
  }

  private static long insert(Handle tx, Long number, String mediaKey, Object... values) {
    if (number == null) {
      Plain.execute(tx, INSERT, values);
      return Plain.query(tx, row -> row.number("photo_id"), ID, mediaKey).get(0);
    }
    Plain.later(tx, INSERT_NUMBERED, Stream.concat(Stream.of(number), Stream.of(values)).toArray());
    return number;
  }

  /** With many writers, all would wait for the row of a tag that most photos have. */
  private void countNew(Handle tx, long photoId, NewPhoto photo) {
    boolean hasTags = !photo.text().tags().isEmpty();
    boolean hasAlbums = !photo.details().albumIds().isEmpty();
    if (database.hasOneWriter()) {
      PhotoIndex.countNew(tx, photoId, hasTags, hasAlbums);
    } else if (hasTags || hasAlbums) {
      Uncounted.add(tx, photoId);
    }
  }

  private static String videoState(PhotoFile file) {
    return (file.isVideo() ? VideoState.WAITING : VideoState.NONE).id();
  }

  /**
   * Plans a change, including everything that parses texts; not to be called in a transaction that
   * writes.
   *
   * @return empty when there is no photo of that number
   */
  public Optional<PlannedChange> plan(Handle handle, long photoId, DetailsChange change) {
    return PlannedChange.of(handle, photoId, change);
  }

  /**
   * Makes a planned change within the caller's transaction. A photo that is held is published once
   * it is released.
   *
   * @return false when the photo was changed since it was planned, or is gone: nothing is done, and
   *     it must be planned again
   */
  public boolean change(Handle tx, PlannedChange planned) {
    if (!planned.isOfToday(tx)) {
      return false;
    }
    long photoId = planned.photoId();
    DetailsChange change = planned.change();
    PhotoText text = planned.text();
    PhotoIndex.uncount(tx, photoId);
    tx.createUpdate(
            """
            update photo set title = coalesce(:title, title),
              description = coalesce(:description, description),
              description_folded = coalesce(:descriptionFolded, description_folded),
              published = (not held and coalesce(:publish, published)),
              publish_later = (held and coalesce(:publish, publish_later))
            where photo_id = :photoId\
            """)
        .bindMethods(change)
        .bind("description", change.description() == null ? null : change.description().html())
        .bind("descriptionFolded", text == null ? null : text.descriptionFolded())
        .bind("photoId", photoId)
        .execute();
    if (change.title() != null) {
      PhotoTitles.put(tx, photoId, change.title());
    }
    if (planned.tags() != null) {
      TagNames.forget(tx, photoId);
      tx.execute("delete from photo_tag where photo_id = ?", photoId);
      TagNames.add(tx, photoId, planned.tags());
    }
    if (change.albumIds() != null) {
      tx.execute("delete from photo_album where photo_id = ?", photoId);
      addToAlbums(tx, photoId, change.albumIds());
    }
    if (text != null) {
      PhotoIndex.replace(tx, photoId, text.words());
    }
    PhotoIndex.recount(tx, photoId, clock.millis());
    return true;
  }

  /**
   * Gives a photo another file within the caller's transaction; what is said about it stays. Where
   * files are scanned, it is held until there is a verdict on this one.
   *
   * @return the photo as it was, whose file is to be deleted after the commit; empty when there is
   *     none
   */
  public Optional<Photo> replaceFile(Handle tx, long photoId, PhotoFile file) {
    Optional<Photo> before = find(tx, photoId);
    tx.createUpdate(
            """
            update photo set tree_id = :treeId, media_key = :mediaKey, filename = :filename,
              content_type = :contentType, video = :video, size = :size,
              rendition_version = :renditionVersion, width = null,
              height = null, duration_millis = null, taken_at = null,
              video_state = :videoState, video_attempts = 0, video_reason = '',
              video_version = :videoVersion, video_width = null, video_height = null,
              video_bytes = null where photo_id = :photoId\
            """)
        .bindMethods(file)
        .bind("video", file.isVideo())
        .bind("videoState", videoState(file))
        .bind("photoId", photoId)
        .execute();
    RenditionQueue.requeue(tx, photoId);
    scans.restart(tx, photoId);
    return before;
  }

  /**
   * Deletes a photo within the caller's transaction.
   *
   * @return the photo, whose file is to be deleted after the commit; empty when there is none
   */
  public Optional<Photo> delete(Handle tx, long photoId) {
    Optional<Photo> photo = find(tx, photoId);
    PhotoIndex.uncount(tx, photoId);
    TagNames.forget(tx, photoId);
    for (String rows : OWN_ROWS) {
      tx.execute(rows, photoId);
    }
    tx.execute("delete from photo where photo_id = ?", photoId);
    return photo;
  }

  /** The photos that were uploaded with a token, oldest first; without their descriptions. */
  public List<Photo> uploadedWith(String uploadToken) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select photo_id, token, tree_id, media_key, substr(title, 1, 1000) as title,
                      '' as description, published, user_id, filename, content_type, size, width,
                      height, duration_millis, taken_at, published_at, created_at, absolute_url,
                      rendition_version, scan_state, scan_reason, held,
                      video_version
                    from photo where substr(upload_token, 1, 16) = substr(:token, 1, 16)
                      and upload_token = :token order by photo_id\
                    """)
                .bind("token", uploadToken)
                .map(RowReader.to(Photos::photo))
                .list());
  }

  /**
   * The numbers of the photos that were uploaded with a token, as they are within a transaction.
   *
   * @param resumableIdentifier the name the client gave the file; null for all
   */
  public List<Long> uploadedWith(Handle tx, String uploadToken, String resumableIdentifier) {
    return tx.createQuery(
            """
            select photo_id from photo where substr(upload_token, 1, 16) = substr(:token, 1, 16)
              and upload_token = :token and (:identifier is null or resumable_identifier = :identifier)\
            """)
        .bind("token", uploadToken)
        .bind("identifier", resumableIdentifier)
        .mapTo(Long.class)
        .list();
  }

  /**
   * The latest photo that was uploaded with a token.
   *
   * @param resumableIdentifier the name the client gave the file; null for any
   */
  public Optional<Photo> findUploaded(String uploadToken, String resumableIdentifier) {
    return database.read(
        handle ->
            uploadedWith(handle, uploadToken, resumableIdentifier).stream()
                .max(Long::compare)
                .flatMap(id -> find(handle, id)));
  }

  /**
   * Leaves out albums deleted since they were checked, as the upload is worth more than they are.
   */
  private static void addToAlbums(Handle tx, long id, List<Long> albums) {
    Plain.laterEach(
        tx,
        """
        with x (photo_id, album_id) as (values (?, ?))
        insert into photo_album (photo_id, album_id)
        select x.photo_id, a.album_id from x join album a on a.album_id = x.album_id
        where true on conflict do nothing\
        """,
        albums.stream().map(album -> new Object[] {id, album}).toList());
  }

  /** The photo of that number. */
  public Optional<Photo> find(long photoId) {
    return database.read(handle -> find(handle, photoId));
  }

  /** The photo of that number, as it is within a transaction. */
  public Optional<Photo> find(Handle handle, long photoId) {
    return handle
        .createQuery("select * from photo where photo_id = ?")
        .bind(0, photoId)
        .map(RowReader.to(Photos::photo))
        .findOne();
  }

  /** The photo of that number, for one who knows its token. Compares in constant time. */
  public Optional<Photo> find(long photoId, String token) {
    return find(photoId).filter(photo -> PhotoToken.isGiven(photo.token(), token));
  }

  /** Whether a photo has that file. */
  public boolean hasMedia(String mediaKey) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from photo where media_key = ?")
                .bind(0, mediaKey)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  static Photo photo(RowReader row) throws SQLException {
    return new Photo(
        row.number("photo_id"),
        row.text("token"),
        file(row),
        row.text("title"),
        CleanHtml.stored(row.text("description")),
        new Publication(
            row.flag("published"),
            row.instant("published_at"),
            row.text("absolute_url"),
            PhotoScan.of(row)),
        facts(row),
        new Origin(row.numberOrNull("user_id"), row.instant("created_at")));
  }

  private static PhotoFile file(RowReader row) throws SQLException {
    return new PhotoFile(
        row.integer("tree_id"),
        row.text("media_key"),
        row.text("filename"),
        row.text("content_type"),
        row.number("size"),
        row.number("rendition_version"),
        row.number("video_version"));
  }

  private static PhotoFacts facts(RowReader row) throws SQLException {
    return new PhotoFacts(
        row.integerOrNull("width"),
        row.integerOrNull("height"),
        row.numberOrNull("duration_millis"),
        row.instantOrNull("taken_at"));
  }
}
