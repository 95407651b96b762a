package slipway.photo;

import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.db.RowReader.RowMapping;
import slipway.details.TextLimits;
import slipway.license.License;

/** Lists of photos: filtered, ordered, a page at a time. */
public final class PhotoLists {
  private static final String DETAILS =
      """
      select p.photo_id, p.token, p.tree_id, p.media_key, substr(p.title, 1, :titleChars) as title,
        substr(p.description, 1, :descriptionChars) as description, p.published, p.user_id,
        p.filename, p.content_type, p.size, p.width, p.height, p.duration_millis, p.taken_at,
        p.published_at, p.created_at, p.absolute_url, p.view_count,
        p.comment_count, p.rating_count, p.rating, p.rendition_state, p.rendition_sizes,
        p.rendition_version, p.scan_state, p.scan_reason, p.held,
        p.video_version, p.video_state, p.video_reason, p.video_width,
        p.video_height, p.video_bytes,
        p.video and exists (select 1 from photo_subtitle s where s.photo_id = p.photo_id)
          as has_subtitles,
        p.video and exists (select 1 from photo_section c where c.photo_id = p.photo_id
          and c.start_millis <= coalesce(p.duration_millis, c.start_millis)) as has_sections,
        coalesce(l.license_id, 0) as license_id, u.username, u.display_name from photo p
      left join photo_license l on l.photo_id = p.photo_id
      left join app_user u on u.user_id = p.user_id where p.photo_id in (<ids>)\
      """;

  private static final String TAGS =
      """
      select photo_id, substr(tag, 1, :tagChars) as tag from photo_tag
      where photo_id in (<ids>) and position < :tags order by position\
      """;
  private static final String ALBUMS =
      """
      select x.photo_id, x.album_id, a.hidden from photo_album x
      join album a on a.album_id = x.album_id
      where x.photo_id in (<ids>) order by x.album_id\
      """;

  /** Some orders look up each of the photos before a page: more of them may take seconds. */
  private static final int FAR = 10_000;

  private final Database database;
  private final Clock clock;
  private final Counts<PhotoFilter> counts;
  private final TextLimits limits;
  private final int small;
  private final int exact;

  /**
   * Lists of the photos of that database.
   *
   * @param limits the limits to which longer texts in earlier rows are cut
   */
  public PhotoLists(Database database, Clock clock, TextLimits limits) {
    this(database, clock, limits, PhotoQuery.SMALL, Counts.EXACT);
  }

  /** The same with other bounds for small sets, and for exact counts. */
  PhotoLists(Database database, Clock clock, int small, int exact) {
    this(database, clock, TextLimits.DEFAULT, small, exact);
  }

  private PhotoLists(Database database, Clock clock, TextLimits limits, int small, int exact) {
    this.limits = limits;
    this.database = database;
    this.clock = clock;
    this.counts = new Counts<>(clock, PhotoFilter::chars);
    this.small = small;
    this.exact = exact;
  }

  /** The photos of a page of a list, in order. */
  public List<ListedPhoto> page(
      PhotoFilter filter, PhotoOrder order, boolean ascending, int size, long offset) {
    HandleCallback<List<ListedPhoto>, RuntimeException> page =
        handle -> page(handle, filter, order, ascending, size, offset);
    if (filter.photoId() != null) {
      return database.read(page);
    }
    return filter.equals(PhotoFilter.PUBLISHED) && offset < FAR
        ? database.scan(page)
        : database.scanLong(page);
  }

  /** The photo that a filter is narrowed to by {@link PhotoFilter#photo}, if it lets that pass. */
  public Optional<ListedPhoto> find(PhotoFilter one) {
    return page(one, PhotoOrder.PUBLISHED, false, 1, 0).stream().findFirst();
  }

  private List<ListedPhoto> page(
      Handle handle,
      PhotoFilter filter,
      PhotoOrder order,
      boolean ascending,
      int size,
      long offset) {
    PhotoQuery query = PhotoQuery.ofPage(handle, filter, clock.instant(), small);
    List<Long> ids =
        order.isWithoutZeros() && !query.isLedBySet()
            ? new PageOfTwo(handle, query, order, ascending).numbers(size, offset)
            : query
                .bound(handle, sql(handle, query, order, ascending, size, offset))
                .mapTo(Long.class)
                .list();
    return ids.isEmpty() ? List.of() : details(handle, ids);
  }

  private static String sql(
      Handle handle, PhotoQuery query, PhotoOrder order, boolean ascending, int size, long offset) {
    return order.isUnfolded(handle)
        ? query.pageUnfolded(order, ascending, size, offset)
        : query.page(order, ascending, size, offset);
  }

  /** How many photos there are. A count above 10,000, or one that took long, may be old. */
  public long count(PhotoFilter filter) {
    return KeptCounts.of(database, filter, clock.instant()).orElseGet(() -> counted(filter));
  }

  private long counted(PhotoFilter filter) {
    return counts.find(filter).orElseGet(() -> database.scanLong(handle -> count(handle, filter)));
  }

  private long count(Handle handle, PhotoFilter filter) {
    long start = System.nanoTime();
    PhotoQuery query = PhotoQuery.ofCount(handle, filter, clock.instant(), small);
    long count = query.bound(handle, query.count(exact + 1)).mapTo(Long.class).one();
    if (count > exact) {
      count = query.bound(handle, query.count()).mapTo(Long.class).one();
    } else if (!PhotoQuery.isLong(handle, filter, small)) {
      return count;
    }
    counts.put(filter, count, Duration.ofNanos(System.nanoTime() - start));
    return count;
  }

  private List<ListedPhoto> details(Handle handle, List<Long> ids) {
    ListShare share = ListShare.of(limits, ids.size());
    Map<Long, List<String>> tags =
        lists(share.bind(handle.createQuery(TAGS)), ids, row -> row.text("tag"));
    Map<Long, List<InAlbum>> albums = lists(handle.createQuery(ALBUMS), ids, InAlbum::of);
    Map<Long, ListedPhoto> found = new HashMap<>();
    share
        .bind(handle.createQuery(DETAILS))
        .bindList("ids", ids)
        .map(
            RowReader.to(
                row -> {
                  Photo photo = share.cut(Photos.photo(row));
                  return new ListedPhoto(
                      photo,
                      new OwnerNames(row.textOrEmpty("username"), row.textOrEmpty("display_name")),
                      share.cut(tags.getOrDefault(photo.photoId(), List.of())),
                      InAlbum.all(albums.getOrDefault(photo.photoId(), List.of())),
                      Popularity.of(row),
                      License.of(row.integer("license_id")),
                      RenditionFiles.of(row),
                      TextTracks.of(row));
                }))
        .forEach(listed -> found.put(listed.photo().photoId(), listed));
    // One may have been deleted between the two queries.
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private record InAlbum(long albumId, boolean isHidden) {
    static InAlbum of(RowReader row) throws SQLException {
      return new InAlbum(row.number("album_id"), row.flag("hidden"));
    }

    static PhotoAlbums all(List<InAlbum> albums) {
      return new PhotoAlbums(
          albums.stream().map(InAlbum::albumId).toList(),
          albums.stream().filter(InAlbum::isHidden).map(InAlbum::albumId).collect(toSet()));
    }
  }

  private static <T> Map<Long, List<T>> lists(Query query, List<Long> ids, RowMapping<T> value) {
    Map<Long, List<T>> lists = new HashMap<>();
    query
        .bindList("ids", ids)
        .map(RowReader.to(row -> Map.entry(row.number("photo_id"), value.of(row))))
        .forEach(
            entry ->
                lists
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return lists;
  }
}
