package slipway.photo;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;

/**
 * The rows that connect photos to deleted albums: nobody sees them, and they are deleted in small
 * steps, as others wait to write. What is left by a failure or a stop is deleted later.
 */
public final class DeletedAlbums {
  private static final Logger LOG = LoggerFactory.getLogger(DeletedAlbums.class);

  /** Photos per transaction. */
  static final int STEP = 1000;

  /** Steps while the caller waits. */
  private static final int STEPS_AT_ONCE = 5;

  /** Steps of one {@link #sweep}. */
  private static final int MOST_STEPS = 200;

  private final Database database;

  /** Those of that database. */
  public DeletedAlbums(Database database) {
    this.database = database;
  }

  /** Deletes an album, if there is one of that number. */
  boolean add(long albumId) {
    boolean isThere =
        database.write(
            tx ->
                tx.execute("delete from album where album_id = ?", albumId) > 0
                    && tx.execute("insert into deleted_album (album_id) values (?)", albumId) > 0);
    if (isThere) {
      try {
        sweep(STEPS_AT_ONCE);
      } catch (RuntimeException e) {
        LOG.warn("Rows of a deleted album are deleted later", e);
      }
    }
    return isThere;
  }

  /**
   * Deletes some of the remaining rows.
   *
   * @return how many rows
   */
  public int sweep() {
    return sweep(MOST_STEPS);
  }

  private int sweep(int most) {
    int swept = 0;
    for (int i = 0; i < most && database.read(DeletedAlbums::isAny); i++) {
      swept += database.write(DeletedAlbums::step);
    }
    return swept;
  }

  private static boolean isAny(Handle handle) {
    return !some(handle).isEmpty();
  }

  private static List<Long> some(Handle handle) {
    return handle
        .createQuery("select album_id from deleted_album limit 1")
        .mapTo(Long.class)
        .list();
  }

  private static int step(Handle tx) {
    int deleted = 0;
    for (long albumId : some(tx)) {
      deleted =
          tx.execute(
              """
              delete from photo_album where album_id = ? and photo_id in (
                select photo_id from photo_album where album_id = ? limit ?)""",
              albumId,
              albumId,
              STEP);
      if (deleted < STEP) {
        tx.execute("delete from deleted_album where album_id = ?", albumId);
      }
    }
    return deleted;
  }
}
