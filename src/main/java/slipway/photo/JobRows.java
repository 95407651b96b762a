package slipway.photo;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.photo.RenditionQueue.Job;

/**
 * The rows of photos as a queue of jobs: a state says which of them wait, and columns how often
 * each was attempted and which version of what is made it has.
 *
 * @param kind the prefix of these columns' names
 * @param areVideosLast whether videos wait for all photos that were attempted equally often
 */
record JobRows(Database database, String kind, boolean areVideosLast) {
  /** The states of all kinds in which a job waits. */
  private static final String WAITING =
      "(" + RenditionState.WAITING.sql() + ", " + VideoState.QUEUED.sql() + ")";

  private String attempts() {
    return kind + "_attempts";
  }

  /** The beginning of a query for jobs; a condition follows. */
  String select() {
    return "select photo_id, tree_id, media_key, content_type, "
        + attempts()
        + " from photo where ";
  }

  Job job(RowReader row) throws SQLException {
    return new Job(
        row.number("photo_id"),
        row.integer("tree_id"),
        row.text("media_key"),
        row.text("content_type"),
        row.integer(attempts()));
  }

  /**
   * Some waiting jobs, in their order: least attempted first. Excludes held photos.
   *
   * @param state as an SQL literal
   * @param last the one before the first of them; null for the front
   * @param count how many at most
   */
  List<Job> after(String state, Job last, int count) {
    String order = attempts() + (areVideosLast ? ", video" : "") + ", photo_id";
    return database.read(
        handle ->
            handle
                .createQuery(
                    select()
                        + kind
                        + "_state = "
                        + state
                        + " and not held and ("
                        + order
                        + (areVideosLast
                            ? ") > (:attempts, :video, :photo)"
                            : ") > (:attempts, :photo)")
                        + " order by "
                        + order
                        + " limit :count")
                .bind("attempts", last == null ? -1 : last.attempts())
                .bind("video", last != null && last.isVideo())
                .bind("photo", last == null ? -1 : last.photoId())
                .bind("count", count)
                .map(RowReader.to(this::job))
                .list());
  }

  /**
   * Counts an attempt before it is made; false when one was counted since the job was read, or the
   * job was done, which resets its attempts.
   */
  boolean begin(Job job) {
    int changed =
        database.write(
            tx ->
                tx.execute(
                    "update photo set "
                        + attempts()
                        + " = ? where photo_id = ? and media_key = ? and "
                        + attempts()
                        + " = ? and "
                        + kind
                        + "_state in "
                        + WAITING,
                    job.attempts() + 1,
                    job.photoId(),
                    job.mediaKey(),
                    job.attempts()));
    return changed > 0;
  }

  /**
   * Which of some files a photo still waits with, held or not.
   *
   * @param state as an SQL literal
   * @param mediaKeys at least one
   */
  List<String> stillWaiting(String state, Collection<String> mediaKeys) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select media_key from photo where media_key in (<keys>) and "
                        + kind
                        + "_state = "
                        + state)
                .bindList("keys", List.copyOf(mediaKeys))
                .mapTo(String.class)
                .list());
  }

  /** Takes back an attempt that failed for a reason other than the file. */
  void giveBack(Job job) {
    database.write(
        tx ->
            tx.execute(
                "update photo set " + attempts() + " = ? where photo_id = ? and media_key = ?",
                job.attempts(),
                job.photoId(),
                job.mediaKey()));
  }

  /** Which version of what is made a photo has; empty when it no longer has that file. */
  OptionalLong version(Handle tx, long photoId, String mediaKey) {
    return tx.createQuery(
            "select " + kind + "_version from photo where photo_id = ? and media_key = ?")
        .bind(0, photoId)
        .bind(1, mediaKey)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
