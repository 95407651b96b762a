package slipway.photo;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
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

  /** As {@link PhotoScan#isSuspect} says. */
  private static final String SUSPECT = "(scan_state = 'pending' and scan_reason <> '')";

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

  /** The state of a new file. */
  ScanState first() {
    return isOn ? ScanState.PENDING : ScanState.NONE;
  }

  /** Announces, once the caller's transaction is committed, that another photo waits. */
  void announce(Handle tx) {
    if (isOn) {
      tx.afterCommit(news::release);
    }
  }

  /**
   * A photo has got another file, within the caller's transaction: what was said about the one
   * before does not count. It is held until there is a verdict on the new one.
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
    return after(null, count);
  }

  /**
   * Some that wait, in the same order.
   *
   * @param last the one before the first of them; null for the front
   * @param count how many at most
   */
  public List<ScanJob> after(ScanJob last, int count) {
    return jobs(WAITING, last, count);
  }

  /** Some that are held until the scanner has been asked, in the same order. */
  public List<ScanJob> held(int count) {
    return jobs(WAITING + " and held and not " + SUSPECT, null, count);
  }

  private List<ScanJob> jobs(String condition, ScanJob last, int count) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select photo_id, tree_id, media_key, size, scan_attempts, held from photo where "
                        + condition
                        + " and (scan_attempts, photo_id) > (?, ?)"
                        + " order by scan_attempts, photo_id limit ?")
                .bind(0, last == null ? -1 : last.attempts())
                .bind(1, last == null ? -1 : last.photoId())
                .bind(2, count)
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

  /**
   * Which of some files a photo still waits with: it may be deleted, or have another one.
   *
   * @param mediaKeys at least one
   */
  public List<String> stillWaiting(Collection<String> mediaKeys) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select media_key from photo where media_key in (<keys>) and " + WAITING)
                .bindList("keys", List.copyOf(mediaKeys))
                .mapTo(String.class)
                .list());
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
   * @return the photo as it was; empty when that file of it waits for no verdict any more
   */
  public Optional<PhotoScan> clean(Handle tx, ScanJob job) {
    Optional<PhotoScan> before = waiting(tx, job);
    before.ifPresent(scan -> put(tx, job.photoId(), new PhotoScan(ScanState.CLEAN, "", false), 0));
    return before;
  }

  /**
   * The scanner found something, within the caller's transaction: the photo is held for good.
   *
   * @param reason what, for people
   * @return the photo as it was; empty when that file of it waits for no verdict any more
   */
  public Optional<PhotoScan> infected(Handle tx, ScanJob job, String reason) {
    Optional<PhotoScan> before = waiting(tx, job);
    if (before.isPresent()) {
      put(tx, job.photoId(), new PhotoScan(ScanState.INFECTED, reason, true), 0);
      RenditionQueue.refuse(tx, job.photoId(), reason);
      VideoQueue.refuse(tx, job.photoId(), reason);
    }
    return before;
  }

  /**
   * The scanner gave no verdict, within the caller's transaction; it is asked again. Until then the
   * photo stays as it is, held or released before.
   *
   * @param reason why, for people
   */
  public void unknown(Handle tx, ScanJob job, String reason) {
    waiting(tx, job)
        .ifPresent(scan -> put(tx, job.photoId(), scan.without(reason), job.attempts() + 1));
  }

  /**
   * The scanner gave no verdict, within the caller's transaction. The photo is released until it
   * has one, unless something was found in its file before.
   *
   * @param reason why, for people
   * @return the photo as it was; empty when that file of it waits for no verdict any more, or is
   *     held all the same
   */
  public Optional<PhotoScan> letGo(Handle tx, ScanJob job, String reason) {
    Optional<PhotoScan> before = waiting(tx, job);
    if (before.filter(PhotoScan::isSuspect).isPresent()) {
      put(tx, job.photoId(), before.get(), job.attempts() + 1);
      return Optional.empty();
    }
    PhotoScan after = new PhotoScan(ScanState.UNKNOWN, reason, false);
    before.ifPresent(scan -> put(tx, job.photoId(), after, job.attempts() + 1));
    return before;
  }

  /**
   * An administrator lets a photo go, within the caller's transaction.
   *
   * @return the photo as it was; empty when it no longer has that file
   */
  public Optional<PhotoScan> accept(Handle tx, Photo photo) {
    Optional<PhotoScan> before = asked(tx, photo);
    PhotoScan after = new PhotoScan(ScanState.ACCEPTED, "", false);
    before.ifPresent(scan -> put(tx, photo.photoId(), after, 0));
    return before;
  }

  /**
   * The scanner is to look at a photo's file, again or for the first time, within the caller's
   * transaction. Until then the photo is held if it was.
   *
   * @return the photo as it was; empty when it no longer has that file
   */
  public Optional<PhotoScan> askAgain(Handle tx, Photo photo) {
    Optional<PhotoScan> before = asked(tx, photo);
    before.ifPresent(scan -> put(tx, photo.photoId(), scan.again(), 0));
    announce(tx);
    return before;
  }

  /** The photo of a file that an administrator decides about: it may get its pictures after all. */
  private static Optional<PhotoScan> asked(Handle tx, Photo photo) {
    Optional<PhotoScan> before = now(tx, photo.photoId(), photo.mediaKey());
    if (before.filter(scan -> scan.state() == ScanState.INFECTED).isPresent()) {
      RenditionQueue.requeue(tx, photo.photoId());
      VideoQueue.requeue(tx, photo.photoId());
    }
    return before;
  }

  /**
   * The photo of a job. While its file was scanned, the photo may have got another one, or an
   * administrator may have released it.
   */
  private static Optional<PhotoScan> waiting(Handle tx, ScanJob job) {
    return now(tx, job.photoId(), job.mediaKey()).filter(PhotoScan::isWaiting);
  }

  private static Optional<PhotoScan> now(Handle tx, long photoId, String mediaKey) {
    return tx.createQuery(
            "select scan_state, scan_reason, held from photo"
                + " where photo_id = ? and media_key = ?")
        .bind(0, photoId)
        .bind(1, mediaKey)
        .map(RowReader.to(PhotoScan::of))
        .findOne();
  }

  private void put(Handle tx, long photoId, PhotoScan scan, int attempts) {
    PhotoIndex.uncount(tx, photoId);
    tx.createUpdate(
            """
            update photo set scan_state = :state, scan_reason = :reason,
              scan_attempts = :attempts,
              publish_later = (:held and case when held then publish_later else published end),
              published = (not :held and case when held then publish_later else published end),
              held = :held where photo_id = :photoId\
            """)
        .bind("state", scan.state().id())
        .bind("reason", scan.reason())
        .bind("attempts", attempts)
        .bind("held", scan.isHeld())
        .bind("photoId", photoId)
        .execute();
    PhotoIndex.recount(tx, photoId, clock.millis());
  }
}
