package slipway.photo;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.Folding;

/**
 * How many photos of a tag, of an album, or in all the public sees: each is counted when it appears
 * and disappears, so that a page need not count a million of them. The few that are {@link
 * Uncounted} are added.
 */
final class KeptCounts {
  private static final String DUE =
      "select photo_id from photo where published and not counted and published_at <= ? limit 1";

  private static final String OF_TAG =
      """
      select n.photo_count + (select count(*) from uncounted u
        join photo_tag x on x.photo_id = u.photo_id where x.tag = n.tag) as photos
      from tag n where n.folded = ? or n.tag = ?""";

  private static final String OF_ALBUM =
      """
      select a.photo_count + (select count(*) from uncounted u
        join photo_album x on x.photo_id = u.photo_id where x.album_id = a.album_id) as photos
      from album a where a.album_id = ?""";

  /** All published photos are counted, except those whose time has not come. */
  private static final String OF_ALL =
      """
      select t.published - n.later as photos from
        (select sum(published) as published from photo_total) t,
        (select count(*) as later from (
          select 1 from photo where published and not counted limit ?) l) n
      where n.later < ?""";

  private KeptCounts() {}

  /**
   * The count of a filter that has one; empty for any other filter, or if the count lags behind.
   */
  static OptionalLong of(Database database, PhotoFilter filter, Instant now) {
    if (!isKept(filter)) {
      return OptionalLong.empty();
    }
    if (database.read(handle -> isBehind(handle, now))) {
      Publications.catchUp(database, now.toEpochMilli());
    }
    return database.read(
        handle -> isBehind(handle, now) ? OptionalLong.empty() : count(handle, filter));
  }

  private static boolean isKept(PhotoFilter filter) {
    List<String> tags = filter.tagged().tags();
    PhotoFilter of = PhotoFilter.PUBLISHED;
    return tags.isEmpty()
        ? withoutTags(filter).equals(of.of(filter.of().albumId(), null, null))
        : tags.size() == 1 && withoutTags(filter).equals(of);
  }

  private static PhotoFilter withoutTags(PhotoFilter filter) {
    return filter.tagged(List.of(), true);
  }

  /** Whether the time of a photo has come that is not counted. */
  private static boolean isBehind(Handle handle, Instant now) {
    return !Plain.query(handle, row -> row.number("photo_id"), DUE, now.toEpochMilli()).isEmpty();
  }

  private static OptionalLong count(Handle handle, PhotoFilter filter) {
    List<String> tags = filter.tagged().tags();
    if (!tags.isEmpty()) {
      return only(handle, OF_TAG, Folding.fold(tags.get(0)), tags.get(0));
    }
    return filter.of().albumId() == null
        ? only(handle, OF_ALL, Counts.EXACT, Counts.EXACT)
        : only(handle, OF_ALBUM, filter.of().albumId());
  }

  /** Of two spellings of a tag, a photo may have both. */
  private static OptionalLong only(Handle handle, String sql, Object... values) {
    RowReader.RowMapping<Long> photos = row -> row.number("photos");
    List<Long> counts = Plain.query(handle, photos, sql, values);
    return counts.size() == 1 ? OptionalLong.of(counts.get(0)) : OptionalLong.empty();
  }
}
