package slipway.photo;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import slipway.db.Database;
import slipway.db.RowReader;

/** The neighbours of a photo in the list of all published ones, the newest first. */
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
    return find(photo, Side.NEWER);
  }

  /** The one published last before that photo. */
  public Optional<Photo> older(Photo photo) {
    return find(photo, Side.OLDER);
  }

  /**
   * One side of a photo. Photos of the same moment and of others are searched separately, so that
   * an index leads right to the first, even if a million are of that moment or lie between it and
   * now.
   */
  enum Side {
    NEWER(">", ""),
    OLDER("<", " desc");

    private final String sign;
    private final String direction;

    Side(String sign, String direction) {
      this.sign = sign;
      this.direction = direction;
    }

    String ofSameMoment() {
      return sql("published_at = :at and photo_id " + sign + " :id", "photo_id" + direction);
    }

    String ofOthers() {
      return sql(
          "published_at " + sign + " :at", "published_at" + direction + ", photo_id" + direction);
    }

    private static String sql(String where, String order) {
      return "select * from photo where published and +published_at <= :latest"
          + " and (not :behind or +published_at <= :now or counted) and "
          + where
          + " order by "
          + order
          + " limit 1";
    }
  }

  private Optional<Photo> find(Photo photo, Side side) {
    return database.read(
        handle -> {
          PublicUntil until = PublicUntil.at(handle, clock.instant());
          return find(handle, photo, until, side.ofSameMoment())
              .or(() -> find(handle, photo, until, side.ofOthers()));
        });
  }

  private static Optional<Photo> find(Handle handle, Photo photo, PublicUntil until, String sql) {
    return handle
        .createQuery(sql)
        .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
        .bind("behind", until.isBehind())
        .bind("now", until.now().toEpochMilli())
        .bind("latest", until.latest().toEpochMilli())
        .bind("at", photo.publishedAt().toEpochMilli())
        .bind("id", photo.photoId())
        .map(RowReader.to(Photos::photo))
        .findOne();
  }
}
