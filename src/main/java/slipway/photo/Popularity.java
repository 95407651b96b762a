package slipway.photo;

import java.sql.SQLException;
import slipway.db.RowReader;

/**
 * The views, comments and ratings of a photo.
 *
 * @param views how often it was seen
 * @param comments how many comments it has
 * @param ratings how often it was rated
 * @param rating the average of its ratings; 0 without any
 */
public record Popularity(long views, long comments, long ratings, double rating) {
  static Popularity of(RowReader row) throws SQLException {
    return new Popularity(
        row.number("view_count"),
        row.number("comment_count"),
        row.number("rating_count"),
        row.real("rating"));
  }
}
