package slipway.photo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.license.License;

/**
 * The SQL of one list of photos. It goes through the smallest set of photos that the filter names
 * and sorts that, or, where every set is large, through the order's index, asking of each photo
 * whether it is in the sets: either way an index leads, and a page of 20 comes early. Large sets
 * that have few photos in common are gone through all the same.
 */
final class PhotoQuery {
  /**
   * Sets of up to this many rows are sorted; in larger ones, the order's index finds a page soon.
   */
  static final int SMALL = 20_000;

  /** The order's index leads where a list has at least this part of {@link #SMALL} photos. */
  private static final int SPARSE = 20;

  /**
   * So many sets are left to the planner to join. The time in which PostgreSQL plans joins grows
   * with the square of their number and more: that of 200, one for each character of a search in
   * Chinese, takes half a minute. Asked of each photo in turn, each set is planned by itself.
   */
  private static final int JOINED = 8;

  private static final String SINCE = "p.published_at >= ?";

  /** The column of an index by publication, which could lead. */
  private static final String PUBLISHED = "p.published_at ";

  private final List<Object> values = new ArrayList<>();
  private final PhotoSet leader;
  private final String where;

  private PhotoQuery(
      List<PhotoSet> sets, Optional<PhotoSet> leader, PhotoFilter filter, PublicUntil until) {
    this.leader = leader.orElse(null);
    StringBuilder sql = new StringBuilder();
    if (leader.isPresent()) {
      values.addAll(leader.get().values());
      sql.append(" where p.photo_id = s.photo_id");
    } else {
      sql.append(" where 1 = 1");
    }
    for (PhotoSet set : sets) {
      if (leader.filter(set::equals).isEmpty()) {
        // Checked before the photo's row is looked up.
        and(sql, holds(set, leader.isPresent(), sets.size()), set.values().toArray());
      }
    }
    visible(sql, filter, until);
    this.where = sql.toString();
  }

  private static String holds(PhotoSet set, boolean isLed, int sets) {
    if (!isLed) {
      return set.holdsEach("p");
    }
    return sets > JOINED ? set.holdsEach("s") : set.holds("s");
  }

  private void visible(StringBuilder sql, PhotoFilter filter, PublicUntil until) {
    if (filter.audience() == PhotoFilter.Audience.PUBLIC) {
      and(sql, "p.published");
      Instant end = filter.period().until();
      // A single upper bound: with two, SQLite starts at either, and skips the photos between them.
      if (end == null || end.isAfter(until.latest())) {
        and(sql, "p.published_at <= ?", until.latest().toEpochMilli());
      }
      if (until.isBehind() && (end == null || end.isAfter(until.now()))) {
        and(sql, "(+p.published_at <= ? or p.counted)", until.now().toEpochMilli());
      }
    }
    if (filter.period().from() != null) {
      and(sql, SINCE, filter.period().from().toEpochMilli());
    }
    if (filter.period().until() != null) {
      and(sql, "p.published_at < ?", filter.period().until().toEpochMilli());
    }
    if (filter.of().license() == License.ALL_RIGHTS_RESERVED) {
      and(sql, "not exists (select 1 from photo_license l where l.photo_id = p.photo_id)");
    }
    kind(sql, filter.kind());
  }

  /**
   * For few photos the opposite is better: their numbers are found once, and none is checked again.
   */
  private void kind(StringBuilder sql, PhotoFilter.FileKind kind) {
    if (kind.video() != null) {
      and(sql, "p.video = ?", kind.video());
    }
    if (Boolean.FALSE.equals(kind.audio())) {
      and(sql, isNoneOf(PhotoSets.AUDIO));
    }
    if (Boolean.TRUE.equals(kind.encoded())) {
      and(sql, "p.video and " + isNoneOf(PhotoSets.WAITING));
      and(sql, isNoneOf(PhotoSets.QUEUED));
    }
  }

  private static String isNoneOf(String condition) {
    return "p.photo_id not in (select x.photo_id from photo x where " + condition + ")";
  }

  private void and(StringBuilder sql, String condition, Object... bound) {
    sql.append(" and ").append(condition);
    values.addAll(List.of(bound));
  }

  /**
   * Led by the smallest set, if one is small.
   *
   * @param small up to how many rows a set is, usually {@link #SMALL}
   */
  static PhotoQuery ofPage(Handle handle, PhotoFilter filter, Instant now, int small) {
    PublicUntil until = PublicUntil.at(handle, now);
    List<PhotoSet> sets = PhotoSets.of(handle, filter);
    Optional<PhotoSet> leader = leader(handle, sets, filter, small);
    if (leader.isEmpty() && !sets.isEmpty()) {
      PhotoQuery bySet = new PhotoQuery(sets, Optional.of(sets.get(0)), filter, until);
      int few = small / SPARSE;
      List<Long> found = bySet.bound(handle, bySet.some(few)).mapTo(Long.class).list();
      if (found.size() < few) {
        PhotoSet all = PhotoSet.of(found.stream().distinct().toList());
        return new PhotoQuery(List.of(all), Optional.of(all), filter, until);
      }
    }
    return new PhotoQuery(sets, leader, filter, until);
  }

  /** Led by the smallest set, however large it is: a count needs no order. */
  static PhotoQuery ofCount(Handle handle, PhotoFilter filter, Instant now, int small) {
    List<PhotoSet> sets = PhotoSets.of(handle, filter);
    Optional<PhotoSet> smallest = leader(handle, sets, filter, small);
    return new PhotoQuery(
        sets, smallest.or(() -> sets.stream().findFirst()), filter, PublicUntil.at(handle, now));
  }

  /** Whether every set that the filter names is large: however few they share, that takes long. */
  static boolean isLong(Handle handle, PhotoFilter filter, int small) {
    List<PhotoSet> sets = PhotoSets.of(handle, filter);
    return !sets.isEmpty() && leader(handle, sets, filter, small).isEmpty();
  }

  private static Optional<PhotoSet> leader(
      Handle handle, List<PhotoSet> sets, PhotoFilter filter, int bound) {
    List<PhotoSet> candidates = new ArrayList<>(sets);
    PhotoSets.period(filter).ifPresent(candidates::add);
    PhotoSet smallest = null;
    int least = bound + 1;
    for (PhotoSet set : candidates) {
      Query count = handle.createQuery(set.size(least));
      int size = bind(count, set.values()).mapTo(Integer.class).one();
      if (size < least) {
        smallest = set;
        least = size;
      }
      if (least == 0) {
        // No other is smaller.
        break;
      }
    }
    return Optional.ofNullable(smallest);
  }

  /**
   * The numbers of the photos of a page, in order. For a long or open period its photos are not
   * sorted: in an order other than that of publication, the order's index leads.
   */
  String page(PhotoOrder order, boolean ascending, int size, long offset) {
    String from = order == PhotoOrder.TITLE ? fromTitles() : from();
    return "select p.photo_id"
        + (order == PhotoOrder.PUBLISHED ? from : from.replace(SINCE, "+" + SINCE))
        + page(order.sql(ascending), size, offset);
  }

  /** The same while the earlier rows are not folded. */
  String pageUnfolded(PhotoOrder order, boolean ascending, int size, long offset) {
    return "select p.photo_id" + from() + page(order.unfolded(ascending), size, offset);
  }

  /** Whether a small set leads, and what is in it is sorted. */
  boolean isLedBySet() {
    return leader != null;
  }

  /** A page of those alone that the index of the order has, where it is without zeros. */
  String pageAboveZero(PhotoOrder order, boolean ascending, int size, long offset) {
    return "select p.photo_id"
        + behindOrder(order.isAboveZero())
        + page(order.sql(ascending), size, offset);
  }

  /** A page of the others. */
  String pageOfZeros(PhotoOrder order, boolean ascending, int size, long offset) {
    return "select p.photo_id"
        + behindOrder(order.isZero())
        + page(PhotoOrder.byNumber(ascending), size, offset);
  }

  /** How many there are of either. */
  String countOf(PhotoOrder order, boolean isZero) {
    return "select count(*)" + behindOrder(isZero ? order.isZero() : order.isAboveZero());
  }

  /** Of two indexes, SQLite would choose that of publication, and sort all public photos. */
  private String behindOrder(String condition) {
    return from().replace(PUBLISHED, "+" + PUBLISHED).replace("++", "+") + " and " + condition;
  }

  private static String page(String order, int size, long offset) {
    return " order by " + order + " limit " + size + " offset " + offset;
  }

  private String from() {
    return from(PhotoSet::numbers);
  }

  private String from(Function<PhotoSet, String> numbers) {
    return " from " + led(numbers) + "photo p" + where;
  }

  /** A cross join keeps the order of its tables in SQLite, and is plain SQL elsewhere. */
  private String led(Function<PhotoSet, String> numbers) {
    return leader == null ? "" : "(" + numbers.apply(leader) + ") s cross join ";
  }

  /** Their index leads where no set does. */
  private String fromTitles() {
    String tables =
        leader == null
            ? "photo_title n cross join photo p"
            : led(PhotoSet::numbers) + "photo p cross join photo_title n";
    return " from " + tables + where + " and p.photo_id = n.photo_id";
  }

  /** The numbers of so many photos, of all if there are no more; in any order, some again. */
  String some(int most) {
    return "select p.photo_id" + from(PhotoSet::numbersAgain) + " limit " + most;
  }

  /** How many photos there are, counted up to a bound. */
  String count(int bound) {
    return "select count(*) from (select 1" + from() + " limit " + bound + ") c";
  }

  /** How many photos there are. */
  String count() {
    return "select count(*)" + from();
  }

  /** Runs one of these statements, or explains it. */
  Query bound(Handle handle, String sql) {
    return bind(handle.createQuery(sql), values);
  }

  private static Query bind(Query query, List<?> values) {
    for (int i = 0; i < values.size(); i++) {
      query.bind(i, values.get(i));
    }
    return query;
  }
}
