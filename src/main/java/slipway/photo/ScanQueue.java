package slipway.photo;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * The photos whose files a virus scanner is to look at. The queue is a state of the photo's row, so
 * that it begins with the photo's own transaction and a restart loses nothing. A verdict counts
 * only while the photo still has the file that it is about.
 */
public final class ScanQueue {
  private static final String WAITING = "scan_state in ('pending', 'unknown')";

  private final Database database;
  private final Clock clock;
  private final boolean isOn;
  private final Semaphore news = new Semaphore(0);

  /**
   * The queue of that database.
   *
   * @param isOn whether files that come in are scanned
   */
  public ScanQueue(Database database, Clock clock, boolean isOn) {
    this.database = database;
    this.clock = clock;
    this.isOn = isOn;
  }

  /**
   * A photo that waits for a verdict.
   *
   * @param size bytes of its file
   * @param attempts how often the scanner gave none
   * @param isHeld whether it is kept back meanwhile
   */
  public record ScanJob(
      long photoId, int treeId, String mediaKey, long size, int attempts, boolean isHeld) {}

  /** Whether files that come in are scanned. */
  public boolean isOn() {
    return isOn;
  }

  /** What is said of a file that comes in. */
  ScanState first() {
    return isOn ? ScanState.PENDING : ScanState.NONE;
  }

  /** Says, once the caller's transaction is committed, that there is a photo more that waits. */
  void announce(Handle tx) {
    if (isOn) {
      tx.afterCommit(news::release);
    }
  }

  /**
   * A photo has got another file, within the caller's transaction: what was said of the one before
   * does not count. It is held until there is a verdict on the new one.
   */
  void restart(Handle tx, long photoId) {
    PhotoIndex.uncount(tx, photoId);
    tx.createUpdate(
            """
            update photo set scan_state = :state, scan_reason = '', scan_attempts = 0,
              publish_later = (:isOn and case when held then publish_later else published end),
              published = (not :isOn and case when held then publish_later else published end),
              held = :isOn where photo_id = :photoId\
            """)
        .bind("state", first().id())
        .bind("isOn", isOn)
        .bind("photoId", photoId)
        .execute();
    PhotoIndex.recount(tx, photoId, clock.millis());
    announce(tx);
  }

  /** Waits for an announcement, that long at most; each ends the wait of one caller. */
  public boolean await(Duration most) throws InterruptedException {
    return news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Some that wait, those that were attempted least before all others. */
  public List<ScanJob> first(int count) {
    return jobs(WAITING, count);
  }

  /** Some that are held as they wait, in the same order. */
  public List<ScanJob> held(int count) {
    return jobs(WAITING + " and held", count);
  }

  private List<ScanJob> jobs(String condition, int count) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select photo_id, tree_id, media_key, size, scan_attempts, held from photo where "
                        + condition
                        + " order by scan_attempts, photo_id limit ?")
                .bind(0, count)
                .map(RowReader.to(ScanQueue::job))
                .list());
  }

  private static ScanJob job(RowReader row) throws SQLException {
    return new ScanJob(
        row.number("photo_id"),
        row.integer("tree_id"),
        row.text("media_key"),
        row.number("size"),
        row.integer("scan_attempts"),
        row.flag("held"));
  }

  /** How many photos are held as they wait for a verdict. */
  public long countHeld() {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from photo where " + WAITING + " and held")
                .mapTo(Long.class)
                .one());
  }

  /**
   * The scanner found nothing, within the caller's transaction: the photo is published now, if it
   * is to be.
   *
   * @return the photo as it was; empty when it has that file no more
   */
  public Optional<PhotoScan> clean(Handle tx, ScanJob job) {
    return end(tx, job, ScanState.CLEAN, "", 0, false);
  }

  /**
   * The scanner found something, within the caller's transaction: the photo is held for good.
   *
   * @param reason what, for people
   * @return the photo as it was; empty when it has that file no more
   */
  public Optional<PhotoScan> infected(Handle tx, ScanJob job, String reason) {
    Optional<PhotoScan> before = end(tx, job, ScanState.INFECTED, reason, 0, true);
    if (before.isPresent()) {
      RenditionQueue.refuse(tx, job.photoId(), reason);
    }
    return before;
  }

  /**
   * The scanner gave no verdict, within the caller's transaction; it is asked again.
   *
   * @param reason why, for people
   * @param held whether the photo is held until then
   * @return the photo as it was; empty when it has that file no more
   */
  public Optional<PhotoScan> unknown(Handle tx, ScanJob job, String reason, boolean held) {
    return end(tx, job, ScanState.UNKNOWN, reason, job.attempts() + 1, held);
  }

  /**
   * An administrator lets a photo go, within the caller's transaction.
   *
   * @return the photo as it was; empty when it has that file no more
   */
  public Optional<PhotoScan> accept(Handle tx, Photo photo) {
    return end(tx, job(photo), ScanState.ACCEPTED, "", 0, false);
  }

  /**
   * The scanner is to look at a photo's file, again or for the first time, within the caller's
   * transaction. Until then the photo is held if it was.
   *
   * @return the photo as it was; empty when it has that file no more
   */
  public Optional<PhotoScan> askAgain(Handle tx, Photo photo) {
    Optional<PhotoScan> before = end(tx, job(photo), ScanState.PENDING, "", 0, photo.isHeld());
    announce(tx);
    return before;
  }

  private static ScanJob job(Photo photo) {
    return new ScanJob(
        photo.photoId(), photo.treeId(), photo.mediaKey(), photo.size(), 0, photo.isHeld());
  }

  private Optional<PhotoScan> end(
      Handle tx, ScanJob job, ScanState state, String reason, int attempts, boolean held) {
    Optional<PhotoScan> before =
        tx.createQuery(
                "select scan_state, scan_reason, held from photo"
                    + " where photo_id = ? and media_key = ?")
            .bind(0, job.photoId())
            .bind(1, job.mediaKey())
            .map(RowReader.to(PhotoScan::of))
            .findOne();
    if (before.isPresent()) {
      if (before.get().state() == ScanState.INFECTED) {
        RenditionQueue.requeue(tx, job.photoId());
      }
      PhotoIndex.uncount(tx, job.photoId());
      tx.createUpdate(
              """
              update photo set scan_state = :state, scan_reason = :reason,
                scan_attempts = :attempts,
                publish_later = (:held and case when held then publish_later else published end),
                published = (not :held and case when held then publish_later else published end),
                held = :held where photo_id = :photoId\
              """)
          .bind("state", state.id())
          .bind("reason", reason)
          .bind("attempts", attempts)
          .bind("held", held)
          .bind("photoId", job.photoId())
          .execute();
      PhotoIndex.recount(tx, job.photoId(), clock.millis());
    }
    return before;
  }
}
