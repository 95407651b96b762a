package slipway.photo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import slipway.db.Column;
import slipway.db.Database;
import slipway.db.RowReader;

/**
 * The photos whose renditions are to be made. The queue is a state of the photo's row, so that it
 * begins with the photo's own transaction and a restart loses nothing. A report about a job counts
 * only while the photo still has the file that the job was about.
 */
public final class RenditionQueue {
  private static final String REQUEUE =
      "update photo set rendition_attempts = 0, rendition_reason = '', rendition_sizes = '',"
          + " rendition_state = "
          + RenditionState.WAITING.sql();

  private static final String ORIGINAL_ONLY =
      " from photo where rendition_state = " + RenditionState.ORIGINAL_ONLY.sql();

  /** Leads by its index, as there may be many at a start. */
  static final String KEPT =
      "select photo_id"
          + ORIGINAL_ONLY
          + " and content_type = ? and photo_id > ? order by photo_id limit ?";

  /** The same for their types. */
  static final String KEPT_TYPE =
      "select min(content_type)" + ORIGINAL_ONLY + " and content_type > ? and content_type < ?";

  /** The same for those whose files are missing. */
  static final String WITHOUT_FILE =
      " rendition_reason = ? and rendition_state = " + RenditionState.FAILED.sql() + " limit ?";

  /** The reason for those whose files are missing. */
  public static final String MISSING = "The file is missing.";

  private static final String VIDEOS = "video/";

  private final Database database;
  private final JobRows rows;
  private final Semaphore news = new Semaphore(0);

  /** The queue of that database. */
  public RenditionQueue(Database database) {
    this.database = database;
    this.rows = new JobRows(database, "rendition", true);
  }

  /**
   * A photo that waits.
   *
   * @param attempts how often its renditions were begun before
   */
  public record Job(long photoId, int treeId, String mediaKey, String contentType, int attempts) {
    boolean isVideo() {
      return contentType.startsWith(VIDEOS);
    }
  }

  /**
   * The state of a photo's renditions.
   *
   * @param reason why there are no renditions; empty when there are or will be
   */
  public record Status(RenditionState state, String reason) {}

  /** Announces, once the caller's transaction is committed, that another photo waits. */
  public void announce(Handle tx) {
    tx.afterCommit(news::release);
  }

  /** Waits for an announcement, that long at most; each ends the wait of one caller. */
  public boolean await(Duration most) throws InterruptedException {
    return news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The first that wait: those that were attempted least before all others, and of these the photos
   * before the videos, each of which takes much longer.
   */
  public List<Job> first(int count) {
    return after(null, count);
  }

  /**
   * Some that wait, in the same order; without those that are held.
   *
   * @param last the one before the first of them; null for the front
   * @param count how many at most
   */
  public List<Job> after(Job last, int count) {
    return rows.after(RenditionState.WAITING.sql(), last, count);
  }

  /**
   * Which of some files a photo still waits with: it may be deleted, or have another one.
   *
   * @param mediaKeys at least one
   */
  public List<String> stillWaiting(Collection<String> mediaKeys) {
    return rows.stillWaiting(RenditionState.WAITING.sql(), mediaKeys);
  }

  /** Photos without renditions because their files are missing, at most that many. */
  public List<Job> missing(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(rows.select() + WITHOUT_FILE)
                .bind(0, MISSING)
                .bind(1, most)
                .map(RowReader.to(rows::job))
                .list());
  }

  /** Queues a photo again that has no renditions, as it still has the file of that job. */
  public void retry(Job job) {
    database.write(
        tx ->
            tx.execute(
                REQUEUE
                    + " where photo_id = ? and media_key = ? and rendition_state = "
                    + RenditionState.FAILED.sql(),
                job.photoId(),
                job.mediaKey()));
  }

  /**
   * Counts an attempt before it is made, so that one which ends the server counts too.
   *
   * @return false when one was counted since the job was read
   */
  public boolean begin(Job job) {
    return rows.begin(job);
  }

  /** Takes back an attempt that failed for a reason other than the file. */
  public void giveBack(Job job) {
    rows.giveBack(job);
  }

  /**
   * The end of a job.
   *
   * @param reason why there are no renditions; empty when they are there
   * @return whether the photo still has that file
   */
  public boolean end(Job job, RenditionState state, String reason, PhotoFacts facts) {
    return database.write(tx -> end(tx, job, state, reason, facts, Map.of()));
  }

  /**
   * The end of a job whose renditions are there.
   *
   * @param version of the renditions, which the photo has from then on
   * @param bytes of each rendition
   * @return the version it had; empty when the photo no longer has that file
   */
  public OptionalLong done(
      Job job, PhotoFacts facts, long version, Map<RenditionSize, Long> bytes) {
    return database.write(
        tx -> {
          OptionalLong before = rows.version(tx, job.photoId(), job.mediaKey());
          end(tx, job, RenditionState.DONE, "", facts, bytes);
          setVersion(tx, job.photoId(), before, version);
          return before;
        });
  }

  private static void setVersion(Handle tx, long photoId, OptionalLong before, long version) {
    if (before.isPresent()) {
      tx.execute("update photo set rendition_version = ? where photo_id = ?", version, photoId);
    }
  }

  private static boolean end(
      Handle tx,
      Job job,
      RenditionState state,
      String reason,
      PhotoFacts facts,
      Map<RenditionSize, Long> bytes) {
    int updated =
        tx.createUpdate(
                """
                update photo set rendition_state = :state, rendition_reason = :reason,
                  width = :width, height = :height, duration_millis = :durationMillis,
                  taken_at = :taken, rendition_sizes = :sizes
                where photo_id = :photoId and media_key = :mediaKey""")
            .bindMethods(job)
            .bindMethods(facts)
            .bind("state", state.id())
            .bind("reason", reason)
            .bind("sizes", RenditionFiles.stored(bytes, Map.of()))
            .bind("taken", Column.millis(facts.takenAt()))
            .execute();
    return updated == 1;
  }

  /**
   * Another picture stands for a video, whose renditions are there, within the caller's
   * transaction.
   *
   * @param facts what was found out of the video; null leaves a fact as it is
   * @param version of the renditions, which the video has from then on
   * @param bytes of each rendition
   * @param dimensions of those that have others than the video gives them
   * @return the version it had; empty when the video is gone, has another file, or waits for its
   *     own pictures
   */
  public OptionalLong posted(
      Handle tx,
      Photo video,
      PhotoFacts facts,
      long version,
      Map<RenditionSize, Long> bytes,
      Map<RenditionSize, RenditionSize.Dimensions> dimensions) {
    OptionalLong before = rows.version(tx, video.photoId(), video.mediaKey());
    int updated =
        tx.createUpdate(
                """
                update photo set rendition_state = :done, rendition_reason = '',
                  rendition_sizes = :sizes, rendition_version = :version,
                  width = coalesce(:width, width),
                  height = coalesce(:height, height),
                  duration_millis = coalesce(:durationMillis, duration_millis)
                where photo_id = :photoId and media_key = :mediaKey
                  and rendition_state <> :waiting""")
            .bind("done", RenditionState.DONE.id())
            .bind("waiting", RenditionState.WAITING.id())
            .bind("sizes", RenditionFiles.stored(bytes, dimensions))
            .bind("photoId", video.photoId())
            .bind("mediaKey", video.mediaKey())
            .bind("width", facts.width())
            .bind("height", facts.height())
            .bind("version", version)
            .bind("durationMillis", facts.durationMillis())
            .execute();
    return updated == 1 ? before : OptionalLong.empty();
  }

  /**
   * Some photos of a type that are kept as they are, in the order of their numbers.
   *
   * @param contentType MIME type
   * @param last the number of the one before the first; 0 for none
   * @param most how many at most
   */
  public List<Long> kept(String contentType, long last, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(KEPT)
                .bind(0, contentType)
                .bind(1, last)
                .bind(2, most)
                .mapTo(Long.class)
                .list());
  }

  /**
   * The first type, between two others, of which photos are kept as they are.
   *
   * @param after the one before it
   * @param before the first that it is not
   */
  public Optional<String> keptType(String after, String before) {
    return database.read(
        handle ->
            handle
                .createQuery(KEPT_TYPE)
                .bind(0, after)
                .bind(1, before)
                .mapTo(String.class)
                .findOne());
  }

  /** Queues photos again that had no renditions for lack of a program, which is installed now. */
  public void retry(List<Long> kept) {
    database.write(
        tx ->
            tx.createUpdate(
                    REQUEUE
                        + " where photo_id in (<photos>) and rendition_state = "
                        + RenditionState.ORIGINAL_ONLY.sql())
                .bindList("photos", kept)
                .execute());
  }

  /**
   * Queues the photo again that has a file, as its renditions of a version are missing.
   *
   * @return whether it still said that they are there
   */
  public boolean retryLost(String mediaKey, long version) {
    int updated =
        database.write(
            tx ->
                tx.execute(
                    REQUEUE
                        + " where media_key = ? and rendition_version = ? and rendition_state = "
                        + RenditionState.DONE.sql(),
                    mediaKey,
                    version));
    news.release(updated);
    return updated > 0;
  }

  /**
   * Queues a video to be examined again, as its copy of a version is missing.
   *
   * @return whether it still said that it is there
   */
  public boolean retryLostVideo(String mediaKey, long version) {
    return database.write(
            tx ->
                tx.execute(
                    "update photo set video_attempts = 0, video_state = "
                        + VideoState.WAITING.sql()
                        + " where media_key = ? and video_version = ? and video_state = "
                        + VideoState.DONE.sql(),
                    mediaKey,
                    version))
        > 0;
  }

  /** Queues a photo again within the caller's transaction: its file was replaced. */
  static void requeue(Handle tx, long photoId) {
    tx.execute(REQUEUE + " where photo_id = ?", photoId);
  }

  /**
   * Notes within the caller's transaction that a photo gets no renditions, as its file is infected.
   */
  static void refuse(Handle tx, long photoId, String reason) {
    tx.execute(
        "update photo set rendition_reason = ?, rendition_state = "
            + RenditionState.FAILED.sql()
            + " where photo_id = ?",
        reason,
        photoId);
  }

  /** Whether a photo's renditions are yet to be made. */
  public boolean isWaiting(long photoId) {
    return status(photoId).filter(status -> status.state() == RenditionState.WAITING).isPresent();
  }

  /**
   * The state of a photo; empty when there is none of that number, as it may just have been
   * deleted.
   */
  public Optional<Status> status(long photoId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select rendition_state, rendition_reason from photo where photo_id = ?")
                .bind(0, photoId)
                .map(
                    RowReader.to(
                        row ->
                            new Status(
                                row.constant("rendition_state", RenditionState.class),
                                row.text("rendition_reason"))))
                .findOne());
  }
}
