package slipway.photo;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * What the catalogue holds, in figures.
 *
 * @param photos photos and videos
 * @param published those that are published, or will be at their time
 * @param bytes of all originals
 * @param newPhotos those uploaded in the last 24 hours
 * @param newBytes of the originals of those
 */
public record Usage(long photos, long published, long bytes, long newPhotos, long newBytes) {
  /**
   * The totals have one row in SQLite, and many elsewhere, whose uploads do not wait for others.
   */
  static final String SQL =
      """
      select t.photos, t.published, t.bytes, n.new_photos, n.new_bytes from (
        select sum(photos) as photos, sum(published) as published, sum(bytes) as bytes
        from photo_total) t, (
        select count(*) as new_photos, coalesce(sum(size), 0) as new_bytes
        from photo where created_at > :since) n""";

  private static final Duration NEW = Duration.ofHours(24);

  /** Counts those of the last day; all others are counted as they come and go. */
  public static Usage of(Database database, Instant now) {
    return database.scan(handle -> count(handle, now));
  }

  private static Usage count(Handle handle, Instant now) {
    return handle
        .createQuery(SQL)
        .bind("since", now.minus(NEW).toEpochMilli())
        .map(
            RowReader.to(
                row ->
                    new Usage(
                        row.number("photos"),
                        row.number("published"),
                        row.number("bytes"),
                        row.number("new_photos"),
                        row.number("new_bytes"))))
        .one();
  }
}
