package slipway.rendition;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.pictures.NoPreviewException;
import slipway.media.video.VideoCopies;
import slipway.media.video.VideoCopy;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.VideoQueue;
import slipway.photo.VideoState;
import slipway.photo.WebVideo;

/** Makes the copies of videos that not every browser plays. */
final class VideoConversions extends VideoTask {
  private final Database database;
  private final MediaStore media;
  private final Photos photos;
  private final BiConsumer<Handle, Photo> changed;
  private final VideoCopies copies;
  private final ConversionProgress progress;

  /**
   * Conversions of that database's videos.
   *
   * @param changed told about a video that has its copy, within the transaction
   */
  VideoConversions(
      Database database,
      MediaStore media,
      Photos photos,
      VideoQueue queue,
      BiConsumer<Handle, Photo> changed,
      VideoCopies copies,
      ConversionProgress progress) {
    super(queue, VideoState.QUEUED, media);
    this.database = database;
    this.media = media;
    this.photos = photos;
    this.changed = changed;
    this.copies = copies;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "video-conversions";
  }

  @Override
  public String deed() {
    return "convert the video of";
  }

  @Override
  public void run(Job job) throws IOException, NoPreviewException, InterruptedException {
    try (LocalFile file = file(job)) {
      progress.room().check(Files.size(file.path()));
      Optional<VideoCopy> made = copies.make(file.path(), done -> isWanted(job, done));
      if (made.isPresent()) {
        try (VideoCopy copy = made.get()) {
          keep(job, copy);
        }
      }
    } finally {
      progress.end(job.mediaKey());
    }
  }

  /** A video may be deleted, or get another file, while it is converted. */
  private boolean isWanted(Job job, double done) throws IOException {
    progress.is(job.mediaKey(), done);
    progress.room().check(0);
    return queue().isQueued(job);
  }

  private void keep(Job job, VideoCopy copy) throws IOException {
    long bytes = Files.size(copy.file());
    WebVideo made = new WebVideo(VideoState.DONE, "", copy.width(), copy.height(), bytes);
    new RenditionSwitch(media, progress.room())
        .to(
            new MediaKey(job.treeId(), job.mediaKey()),
            Map.of(WebVideo.FILE, new LocalFile(copy.file(), () -> {})),
            version -> commit(job, version, made));
  }

  private OptionalLong commit(Job job, long version, WebVideo made) {
    return database.write(
        tx -> {
          OptionalLong before = queue().done(tx, job, version, made);
          if (before.isPresent()) {
            changed.accept(tx, photos.find(tx, job.photoId()).orElseThrow());
          }
          return before;
        });
  }
}
