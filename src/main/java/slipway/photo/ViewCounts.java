package slipway.photo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.db.Database;

/**
 * How often photos are looked at. Looks are counted in memory, and written now and then for many
 * photos at once: nobody who looks waits for the database's writer. A crash loses what was not
 * written yet. For many threads.
 */
public final class ViewCounts implements AutoCloseable {
  /** Photos whose looks wait to be written; of one more, looks are not counted meanwhile. */
  static final int MOST_WAITING = 50_000;

  /** Photos written in one transaction, as others wait to write. */
  private static final int WRITTEN_AT_ONCE = 500;

  private final Map<Long, Long> waiting = new ConcurrentHashMap<>();
  private final Database database;

  /** Counts looks at the photos of that database. */
  public ViewCounts(Database database) {
    this.database = database;
  }

  /** Counts a look at a photo. */
  public void count(long photoId) {
    if (waiting.size() < MOST_WAITING || waiting.containsKey(photoId)) {
      waiting.merge(photoId, 1L, Long::sum);
    }
  }

  /**
   * Writes what was counted.
   *
   * @return of how many photos
   */
  public int write() {
    int written = 0;
    Map<Long, Long> batch = take();
    while (!batch.isEmpty()) {
      write(batch);
      written += batch.size();
      batch = batch.size() < WRITTEN_AT_ONCE ? Map.of() : take();
    }
    return written;
  }

  private Map<Long, Long> take() {
    Map<Long, Long> taken = new HashMap<>();
    for (Long photoId : waiting.keySet()) {
      if (taken.size() == WRITTEN_AT_ONCE) {
        break;
      }
      Long count = waiting.remove(photoId);
      if (count != null) {
        taken.put(photoId, count);
      }
    }
    return taken;
  }

  /** Where the database cannot take them now they wait on; an unknown outcome may count twice. */
  private void write(Map<Long, Long> batch) {
    try {
      database.write(
          tx -> {
            var update =
                tx.prepareBatch(
                    "update photo set view_count = view_count + :count where photo_id = :photo");
            batch.forEach((photo, count) -> update.bind("count", count).bind("photo", photo).add());
            return update.execute();
          });
    } catch (RuntimeException e) {
      batch.forEach((photo, count) -> waiting.merge(photo, count, Long::sum));
      throw e;
    }
  }

  /** Photos whose looks wait to be written. */
  int waiting() {
    return waiting.size();
  }

  /** Writes what was counted. */
  @Override
  public void close() {
    write();
  }
}
