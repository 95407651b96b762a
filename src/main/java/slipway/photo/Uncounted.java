package slipway.photo;

import java.util.List;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.Plain;

/**
 * New photos that their tags and albums do not count yet, though the public sees them: where there
 * are many writers, all of them would wait for the row of a tag that most photos have. Each such
 * photo has a row of its own instead, which goes as it is counted or its counts change.
 */
final class Uncounted {
  private static final String COUNT =
      """
      with due as (
        delete from uncounted where photo_id in (
          select photo_id from uncounted order by photo_id limit ?%s)
        returning photo_id),
      of_tags as (
        insert into tag (tag, photo_count)
        select tag, count(*) from photo_tag where photo_id in (select photo_id from due)
        group by tag order by tag
        on conflict (tag) do update set photo_count = tag.photo_count + excluded.photo_count),
      of_albums as (
        update album set photo_count = photo_count + n.photos from (
          select album_id, count(*) as photos from photo_album
          where photo_id in (select photo_id from due) group by album_id) n
        where n.album_id = album.album_id)
      select photo_id from due""";

  private Uncounted() {}

  /** Has a photo counted later, in the transaction that makes it. */
  static void add(Handle tx, long photoId) {
    Plain.later(tx, "insert into uncounted (photo_id) values (?)", photoId);
  }

  /** Removes a photo; returns whether it was not counted yet. */
  static boolean remove(Handle tx, long photoId) {
    return Plain.execute(tx, "delete from uncounted where photo_id = ?", photoId) > 0;
  }

  /**
   * Counts some, except those that others are counting.
   *
   * @param most how many at most
   * @return how many; fewer than {@code most} when no more are left
   */
  static int count(Database database, int most) {
    return database.hasOneWriter() || !isAny(database)
        ? 0
        : database
            .alone(row -> row.number("photo_id"), COUNT.formatted(database.skipLocked()), most)
            .size();
  }

  private static boolean isAny(Database database) {
    List<Long> first =
        database.read(
            handle ->
                Plain.query(
                    handle,
                    row -> row.number("photo_id"),
                    "select photo_id from uncounted order by photo_id limit 1"));
    return !first.isEmpty();
  }
}
