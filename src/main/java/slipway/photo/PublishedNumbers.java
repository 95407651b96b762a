package slipway.photo;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatements;
import slipway.db.Database;
import slipway.db.RowReader;

/** The numbers of the photos that the public sees, a range at a time. */
public final class PublishedNumbers {
  /** Numbers that are looked through at once. */
  public static final int MOST = 10_000;

  private final Database database;
  private final Clock clock;

  /**
   * A photo that the public sees.
   *
   * @param publishedAt since when
   */
  public record Published(long photoId, Instant publishedAt) {}

  /** Those of that database. */
  public PublishedNumbers(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The largest number of any photo; 0 for none. */
  public long largest() {
    return database.read(
        handle ->
            handle
                .createQuery("select coalesce(max(photo_id), 0) from photo")
                .mapTo(Long.class)
                .one());
  }

  /**
   * Those with a number from the first on and below the last, in order.
   *
   * @param from the first number
   * @param until the number after the last
   * @throws IllegalArgumentException for a range of more than {@link #MOST}
   */
  public List<Published> between(long from, long until) {
    if (until - from > MOST) {
      throw new IllegalArgumentException("a range of more than " + MOST + " numbers");
    }
    return database.scan(
        handle -> {
          PublicUntil seen = PublicUntil.at(handle, clock.instant());
          return handle
              .createQuery(
                  "select photo_id, published_at from photo where photo_id >= :from"
                      + " and photo_id < :until and published and published_at <= :latest"
                      + " and (not :behind or published_at <= :now or counted)"
                      + " and not held order by photo_id")
              .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
              .bind("from", from)
              .bind("until", until)
              .bind("behind", seen.isBehind())
              .bind("now", seen.now().toEpochMilli())
              .bind("latest", seen.latest().toEpochMilli())
              .map(
                  RowReader.to(
                      row -> new Published(row.number("photo_id"), row.instant("published_at"))))
              .list();
        });
  }
}
