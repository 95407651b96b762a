package slipway.rendition;

import java.util.Optional;
import slipway.db.Database;
import slipway.editing.PhotoEvents;
import slipway.media.MediaStore;
import slipway.media.video.VideoCopies;
import slipway.node.Claims;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.VideoQueue;
import slipway.photo.WebVideo;

/** The copies of videos that every browser plays: their progress, and what makes them. */
public final class WebVideos {
  private final Database database;
  private final VideoQueue queue;
  private final VideoCopies copies;
  private final ConversionProgress progress;
  private final boolean areWanted;

  /**
   * The copies of a database's videos.
   *
   * @param areWanted whether files are looked into here at all
   * @param room how much may be written
   */
  public WebVideos(Database database, VideoCopies copies, boolean areWanted, FreeRoom room) {
    this.database = database;
    this.queue = new VideoQueue(database);
    this.copies = copies;
    this.areWanted = areWanted;
    this.progress = new ConversionProgress(room);
  }

  /**
   * The progress of a video's copy.
   *
   * @param video what there is of it
   * @param progress from 0 to 1
   * @param isComing whether it is or will be made, as far as is known
   */
  public record VideoStanding(WebVideo video, double progress, boolean isComing) {}

  /** The progress of a video's copy; empty if the photo no longer exists. */
  public Optional<VideoStanding> of(Photo photo) {
    return queue.find(photo.photoId()).map(video -> standing(photo, video));
  }

  private VideoStanding standing(Photo photo, WebVideo video) {
    return switch (video.state()) {
      case DONE, PLAYS -> new VideoStanding(video, 1, false);
      case QUEUED -> new VideoStanding(video, progress.of(photo.mediaKey()), areMade());
      case WAITING -> new VideoStanding(video, 0, areWanted && copies.areReadable());
      default -> new VideoStanding(video, 0, false);
    };
  }

  /** Whether copies are made here. */
  public boolean areMade() {
    return areWanted && copies.areMade();
  }

  /** The loop that examines new videos, to be started and closed. */
  public JobLoop looks(MediaStore media, Claims claims) {
    int threads = areWanted && copies.areReadable() ? 1 : 0;
    return new JobLoop(new VideoLooks(queue, media, copies), claims, threads);
  }

  /** The loop that makes the copies, to be started and closed. */
  public JobLoop conversions(MediaStore media, Photos photos, PhotoEvents events, Claims claims) {
    VideoConversions each =
        new VideoConversions(database, media, photos, queue, events::updated, copies, progress);
    return new JobLoop(each, claims, areMade() ? copies.atOnce() : 0);
  }
}
