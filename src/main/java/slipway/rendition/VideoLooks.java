package slipway.rendition;

import java.io.IOException;
import java.util.Optional;
import slipway.media.LocalFile;
import slipway.media.MediaStore;
import slipway.media.pictures.NoPreviewException;
import slipway.media.video.VideoCopies;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.VideoQueue;
import slipway.photo.VideoState;

/** Checks whether every browser plays a video, soon after its upload, as that costs little. */
final class VideoLooks extends VideoTask {
  private final VideoCopies copies;

  VideoLooks(VideoQueue queue, MediaStore media, VideoCopies copies) {
    super(queue, VideoState.WAITING, media);
    this.copies = copies;
  }

  @Override
  public String name() {
    return "video-looks";
  }

  @Override
  public String deed() {
    return "look at the video of";
  }

  @Override
  public void run(Job job) throws IOException, NoPreviewException, InterruptedException {
    try (LocalFile file = file(job)) {
      Optional<String> obstacle = copies.obstacle(file.path(), job.contentType());
      queue()
          .end(job, obstacle.isEmpty() ? VideoState.PLAYS : VideoState.QUEUED, obstacle.orElse(""));
    }
  }
}
