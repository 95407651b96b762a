package slipway.scan;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.editing.PhotoEvents;
import slipway.photo.Photo;
import slipway.photo.PhotoScan;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.ScanQueue;
import slipway.photo.ScanQueue.ScanJob;

/** Records verdicts on files: the photo's state and its event are committed as one. */
public final class Verdicts {
  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

  private final Database database;
  private final Photos photos;
  private final ScanQueue queue;
  private final RenditionQueue renditions;
  private final PhotoEvents events;

  /** Writes it to the photos of that database. */
  public Verdicts(
      Database database,
      Photos photos,
      ScanQueue queue,
      RenditionQueue renditions,
      PhotoEvents events) {
    this.database = database;
    this.photos = photos;
    this.queue = queue;
    this.renditions = renditions;
    this.events = events;
  }

  ScanQueue queue() {
    return queue;
  }

  /** Nothing was found. */
  void clean(ScanJob job) {
    database.write(tx -> letGo(tx, job.photoId(), queue.clean(tx, job)));
  }

  /** There is no verdict, and the photo is released all the same. */
  void letGo(ScanJob job, String reason) {
    boolean isNew =
        database.write(tx -> letGo(tx, job.photoId(), queue.letGo(tx, job, reason))).isPresent();
    if (isNew) {
      LOG.warn("Photo {} is released without a verdict: {}", job.photoId(), reason);
    }
  }

  /** Whether there is a scanner that gives verdicts. */
  public boolean areGiven() {
    return queue.isOn();
  }

  /**
   * Releases a photo, whatever the scanner says about its file.
   *
   * @return whether it still has that file
   */
  public boolean accept(Photo photo) {
    return database
        .write(
            tx -> {
              Optional<PhotoScan> before = queue.accept(tx, photo);
              letGo(tx, photo.photoId(), before);
              return before;
            })
        .isPresent();
  }

  /**
   * Has the scanner look at a photo's file, again or for the first time.
   *
   * @return whether it still has that file
   */
  public boolean askAgain(Photo photo) {
    return database.write(tx -> queue.askAgain(tx, photo)).isPresent();
  }

  /** There is no verdict, and the photo stays as it is: held, or released before. */
  void unknown(ScanJob job, String reason) {
    if (job.attempts() == 0) {
      LOG.warn("There is no verdict on photo {} yet: {}", job.photoId(), reason);
    }
    database.write(
        tx -> {
          queue.unknown(tx, job, reason);
          return null;
        });
  }

  /** Something was found. */
  void infected(ScanJob job, String reason) {
    boolean isThere =
        database.write(
            tx -> {
              boolean isOfFile = queue.infected(tx, job, reason).isPresent();
              if (isOfFile) {
                events.infected(tx, now(tx, job.photoId()));
              }
              return isOfFile;
            });
    if (isThere) {
      LOG.warn("Photo {} is held: {}", job.photoId(), reason);
    }
  }

  /**
   * Reports a photo that was released.
   *
   * @return empty when it was before
   */
  private Optional<PhotoScan> letGo(Handle tx, long photoId, Optional<PhotoScan> before) {
    Optional<PhotoScan> held = before.filter(PhotoScan::isHeld);
    if (held.isPresent()) {
      events.updated(tx, now(tx, photoId));
      renditions.announce(tx);
    }
    return held;
  }

  private Photo now(Handle tx, long photoId) {
    return photos.find(tx, photoId).orElseThrow();
  }
}
