package slipway.photo;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.photo.RenditionQueue.Job;

/**
 * The videos to be examined, and those to be converted: a state of the row, as in {@link
 * RenditionQueue}. A report about a job counts only while the video still has the file that the job
 * was about.
 */
public final class VideoQueue {
  private final Database database;
  private final JobRows rows;

  /** The queue of that database. */
  public VideoQueue(Database database) {
    this.database = database;
    this.rows = new JobRows(database, "video", false);
  }

  /**
   * Some that wait, those that were attempted least first; without those that are held.
   *
   * @param state {@link VideoState#WAITING} or {@link VideoState#QUEUED}
   * @param last the one before the first of them; null for the front
   * @param count how many at most
   */
  public List<Job> after(VideoState state, Job last, int count) {
    return rows.after(state.sql(), last, count);
  }

  /**
   * Which of some files a video still waits with: it may be deleted, or have another one.
   *
   * @param state as of {@link #after}
   * @param mediaKeys at least one
   */
  public List<String> stillWaiting(VideoState state, Collection<String> mediaKeys) {
    return rows.stillWaiting(state.sql(), mediaKeys);
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
   * The end of a job without a copy.
   *
   * @param reason why the video needs one, or why there will be none
   */
  public void end(Job job, VideoState state, String reason) {
    database.write(
        tx ->
            tx.execute(
                "update photo set video_state = ?, video_reason = ?, video_attempts = 0"
                    + " where photo_id = ? and media_key = ?",
                state.id(),
                reason,
                job.photoId(),
                job.mediaKey()));
  }

  /**
   * The end of a job whose copy is there, within the caller's transaction.
   *
   * @param version of the copy, which the video has from then on
   * @param made its size
   * @return the version it had, or {@link RenditionVersion#NONE}; empty when the video no longer
   *     has that file
   */
  public OptionalLong done(Handle tx, Job job, long version, WebVideo made) {
    OptionalLong before = rows.version(tx, job.photoId(), job.mediaKey());
    if (before.isPresent()) {
      tx.execute(
          "update photo set video_state = ?, video_attempts = 0, video_version = ?,"
              + " video_width = ?, video_height = ?, video_bytes = ? where photo_id = ?",
          VideoState.DONE.id(),
          version,
          made.width(),
          made.height(),
          made.bytes(),
          job.photoId());
    }
    return before;
  }

  /** Notes within the caller's transaction that a video gets no copy, as its file is infected. */
  static void refuse(Handle tx, long photoId, String reason) {
    tx.execute(
        "update photo set video_reason = ?, video_state = "
            + VideoState.FAILED.sql()
            + " where photo_id = ? and video_state in ("
            + VideoState.WAITING.sql()
            + ", "
            + VideoState.QUEUED.sql()
            + ")",
        reason,
        photoId);
  }

  /** Queues a failed video to be examined again, within the caller's transaction. */
  static void requeue(Handle tx, long photoId) {
    tx.execute(
        "update photo set video_attempts = 0, video_reason = '', video_state = "
            + VideoState.WAITING.sql()
            + " where photo_id = ? and video_state = "
            + VideoState.FAILED.sql(),
        photoId);
  }

  /** Whether the video of a job is still to be converted, and not held meanwhile. */
  public boolean isQueued(Job job) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select 1 from photo where photo_id = ? and media_key = ? and video_state = ?"
                        + " and not held")
                .bind(0, job.photoId())
                .bind(1, job.mediaKey())
                .bind(2, VideoState.QUEUED.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** The copy of a video; empty when there is no photo of that number. */
  public Optional<WebVideo> find(long photoId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select video_state, video_reason, video_width, video_height, video_bytes"
                        + " from photo where photo_id = ?")
                .bind(0, photoId)
                .map(RowReader.to(WebVideo::of))
                .findOne());
  }
}
