package slipway.photo;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatements;
import slipway.db.Database;
import slipway.db.RowReader;

/** What stands beside a photo in the list of all published ones, the newest first. */
public final class Neighbours {
  private final Database database;
  private final Clock clock;

  /** Among the photos of that database. */
  public Neighbours(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The one published next after that photo. */
  public Optional<Photo> newer(Photo photo) {
    return find(photo, ">", "");
  }

  /** The one published last before that photo. */
  public Optional<Photo> older(Photo photo) {
    return find(photo, "<", " desc");
  }

  private Optional<Photo> find(Photo photo, String side, String direction) {
    return database.read(
        handle -> {
          PublicUntil until = PublicUntil.at(handle, clock.instant());
          return handle
              .createQuery(
                  "select * from photo where published and published_at <= :latest"
                      + (until.isBehind() ? " and (counted or +published_at <= :now)" : "")
                      + (" and (published_at, photo_id) " + side + " (:at, :id)")
                      + (" order by published_at" + direction + ", photo_id" + direction)
                      + " limit 1")
              .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
              .bind("now", until.now().toEpochMilli())
              .bind("latest", until.latest().toEpochMilli())
              .bind("at", photo.publishedAt().toEpochMilli())
              .bind("id", photo.photoId())
              .map(RowReader.to(Photos::photo))
              .findOne();
        });
  }
}
