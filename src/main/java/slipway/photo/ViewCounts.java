package slipway.photo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.db.Database;

/**
 * Counts views of photos. They are counted in memory, and written from time to time for many photos
 * at once, so that no viewer waits for the database's writer. A crash loses what was not written
 * yet. For many threads.
 */
public final class ViewCounts implements AutoCloseable {
  /**
   * The maximum number of photos whose views wait to be written; views of further photos are not
   * counted meanwhile.
   */
  static final int MOST_WAITING = 50_000;

  /** Photos written in one transaction, as others wait to write. */
  private static final int WRITTEN_AT_ONCE = 500;

  private final Map<Long, Long> waiting = new ConcurrentHashMap<>();
  private final Database database;

  /** Counts views of the photos of that database. */
  public ViewCounts(Database database) {
    this.database = database;
  }

  /** Counts a view of a photo. */
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

  /** If the database cannot accept them now, they wait; an unknown outcome may count twice. */
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

  /** Photos whose views wait to be written. */
  int waiting() {
    return waiting.size();
  }

  /** Writes what was counted. */
  @Override
  public void close() {
    write();
  }
}
