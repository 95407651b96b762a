package slipway.photo;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * Counts photos for their tags and albums once the time of their publication has come, and those
 * that are {@link Uncounted}. However many come at one moment, a transaction counts some, so that
 * others get to write; each photo is counted in the transaction that marks it, so that a stop
 * between two loses nothing.
 */
public final class Publications {
  /** Photos counted in one transaction, of 10 to 40 ms. */
  static final int STEP = 500;

  /** Steps of one {@link #sweep}. */
  private static final int MOST_STEPS = 50;

  /** Twice the interval at which the time is recorded. */
  private static final long LATELY_MILLIS = 120_000;

  private final Database database;
  private final Clock clock;

  /** Those of that database. */
  public Publications(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts the photos whose publication has come since, for those who are to read counts; where
   * that are many, some of them, and {@link #sweep} the others. The public sees them from then on,
   * so that a clock which has jumped ahead does not count: one that is believed has been recorded
   * lately.
   *
   * @return how many; {@link #STEP} or more where there may be more
   */
  static int catchUp(Database database, long now) {
    int counted = Uncounted.count(database, STEP);
    if (counted == STEP || database.read(handle -> toCount(handle, now, 1)).isEmpty()) {
      return counted;
    }
    return counted + database.write(tx -> count(tx, toCount(tx, now, STEP)));
  }

  /**
   * Counts more of them, in several transactions.
   *
   * @return how many
   */
  public int sweep() {
    int counted = 0;
    int last = STEP;
    for (int i = 0; i < MOST_STEPS && last >= STEP; i++) {
      last = catchUp(database, clock.millis());
      counted += last;
    }
    return counted;
  }

  private static List<Long> toCount(Handle handle, long now, int most) {
    return handle
        .createQuery(
            """
            select photo_id from photo
            where published and not counted and published_at <= :now and published_at <=
              (select coalesce(max(wall), :now) + :lately from last_time)
            limit :most""")
        .bind("now", now)
        .bind("lately", LATELY_MILLIS)
        .bind("most", most)
        .mapTo(Long.class)
        .list();
  }

  private static int count(Handle tx, List<Long> photos) {
    if (!photos.isEmpty()) {
      all(tx, "update photo set counted = true where photo_id in (<photos>)", photos);
      all(
          tx,
          """
          insert into tag (tag, photo_count)
          select tag, count(*) from photo_tag where photo_id in (<photos>) group by tag
          on conflict (tag) do update set photo_count = tag.photo_count + excluded.photo_count""",
          photos);
      all(
          tx,
          """
          update album set photo_count = photo_count + n.photos from (
              select album_id, count(*) as photos from photo_album
              where photo_id in (<photos>) group by album_id) n
          where n.album_id = album.album_id""",
          photos);
    }
    return photos.size();
  }

  private static void all(Handle tx, String sql, List<Long> photos) {
    tx.createUpdate(sql).bindList("photos", photos).execute();
  }
}
