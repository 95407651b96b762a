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
  private static final Duration NEW = Duration.ofHours(24);

  /** Counts all, at a cost that grows with the catalogue. */
  public static Usage of(Database database, Instant now) {
    return database.scan(handle -> count(handle, now));
  }

  private static Usage count(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select count(*) as photos, coalesce(sum(case when published then 1 else 0 end), 0) as published,
              coalesce(sum(size), 0) as bytes,
              coalesce(sum(case when created_at > :since then 1 else 0 end), 0) as new_photos,
              coalesce(sum(case when created_at > :since then size else 0 end), 0) as new_bytes
            from photo""")
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
