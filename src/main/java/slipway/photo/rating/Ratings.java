package slipway.photo.rating;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Database;
import slipway.db.Identity;
import slipway.db.RowReader;
import slipway.photo.Page;

/** The ratings of photos: each visitor has one rating per photo, and the last one counts. */
public final class Ratings {
  private final Database database;
  private final Clock clock;
  private final String salt;

  /** The ratings of that database. */
  public Ratings(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.salt = Identity.read(database).orElse("");
  }

  /**
   * Rates a photo, in place of what the same visitor thought of it before.
   *
   * @param rating from 0 to 1
   * @return the mean of all, from 0 to 1; empty when there is no photo of that number
   */
  public Optional<Double> rate(long photoId, Rater rater, double rating) {
    String mark = mark(rater);
    long now = clock.millis();
    return database.write(
        tx -> {
          Double before = find(tx, photoId, mark).orElse(null);
          Optional<Double> mean =
              tx.createQuery(
                      """
                      update photo set
                        rating = (rating * rating_count - :before + :rating)
                          / (rating_count + :more),
                        rating_count = rating_count + :more
                      where photo_id = :photo returning rating""")
                  .bind("before", before == null ? 0 : before)
                  .bind("more", before == null ? 1 : 0)
                  .bind("rating", rating)
                  .bind("photo", photoId)
                  .mapTo(Double.class)
                  .findOne()
                  // The running sum may be slightly inexact.
                  .map(exact -> Math.min(1, Math.max(0, exact)));
          if (mean.isPresent()) {
            tx.execute(
                """
                insert into photo_rating (photo_id, rater, user_id, rating, rated_at)
                values (?, ?, ?, ?, ?) on conflict (photo_id, rater) do update
                set rating = excluded.rating, rated_at = excluded.rated_at""",
                photoId,
                mark,
                rater.userId(),
                rating,
                now);
          }
          return mean;
        });
  }

  private static Optional<Double> find(Handle tx, long photoId, String mark) {
    return tx.createQuery("select rating from photo_rating where photo_id = ? and rater = ?")
        .bind(0, photoId)
        .bind(1, mark)
        .mapTo(Double.class)
        .findOne();
  }

  /** Another site has another hash of the same address. */
  private String mark(Rater rater) {
    if (rater.userId() != null) {
      return "user " + rater.userId();
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of()
          .formatHex(sha256.digest(rater.address().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * A page of ratings, the latest first.
   *
   * @param photoId of a photo; null for all
   * @param userId by a user; null for all visitors
   */
  public Page<Rating> page(Long photoId, Long userId, int size, long offset) {
    String where =
        photoId == null
            ? "user_id = :user"
            : userId == null ? "photo_id = :photo" : "photo_id = :photo and user_id = :user";
    return database.scan(
        handle -> {
          List<Rating> items =
              bound(
                      handle.createQuery(
                          "select * from photo_rating where "
                              + where
                              + " order by rated_at desc, photo_id limit :size offset :offset"),
                      photoId,
                      userId)
                  .bind("size", size)
                  .bind("offset", offset)
                  .map(RowReader.to(Ratings::rating))
                  .list();
          long total =
              bound(
                      handle.createQuery("select count(*) from photo_rating where " + where),
                      photoId,
                      userId)
                  .mapTo(Long.class)
                  .one();
          return new Page<>(items, total);
        });
  }

  private static Query bound(Query query, Long photoId, Long userId) {
    if (photoId != null) {
      query.bind("photo", photoId);
    }
    if (userId != null) {
      query.bind("user", userId);
    }
    return query;
  }

  private static Rating rating(RowReader row) throws SQLException {
    return new Rating(
        row.number("photo_id"),
        row.numberOrNull("user_id"),
        row.real("rating"),
        row.instant("rated_at"));
  }
}
