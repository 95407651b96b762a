package slipway.photo;

import java.util.List;
import slipway.db.Database;

/** The site's albums. */
public final class Albums {
  private final Database database;

  /** The albums of that database. */
  public Albums(Database database) {
    this.database = database;
  }

  /** Whether there is an album of that number. */
  public boolean exists(long albumId) {
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from album where album_id = ?")
                .bind(0, albumId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** Whether there is an album of each of those numbers. */
  public boolean exist(List<Long> albumIds) {
    return albumIds.stream().allMatch(this::exists);
  }
}
