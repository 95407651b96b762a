package slipway.rendition;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import slipway.disk.DiskNews;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.pictures.NoPreviewException;
import slipway.media.video.VideoCopies;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.VideoQueue;
import slipway.photo.VideoState;

/** Looks whether every browser plays a video, soon after it came: that takes little. */
final class VideoLooks implements VideoTask {
  private final VideoQueue queue;
  private final MediaStore media;
  private final VideoCopies copies;

  VideoLooks(VideoQueue queue, MediaStore media, VideoCopies copies) {
    this.queue = queue;
    this.media = media;
    this.copies = copies;
  }

  @Override
  public String name() {
    return "video-looks";
  }

  @Override
  public DiskNews disk() {
    return DiskNews.OF_VIDEOS;
  }

  @Override
  public List<Job> after(Job last, int count) {
    return queue.after(VideoState.WAITING, last, count);
  }

  @Override
  public void begin(Job job) {
    queue.begin(job);
  }

  @Override
  public void giveBack(Job job) {
    queue.giveBack(job);
  }

  @Override
  public void run(Job job) throws IOException, NoPreviewException, InterruptedException {
    try (LocalFile file = file(media, job)) {
      Optional<String> obstacle = copies.obstacle(file.path(), job.contentType());
      queue.end(
          job, obstacle.isEmpty() ? VideoState.PLAYS : VideoState.QUEUED, obstacle.orElse(""));
    }
  }

  static LocalFile file(MediaStore media, Job job) throws IOException {
    return media
        .local(new MediaKey(job.treeId(), job.mediaKey()))
        .orElseThrow(() -> new NoSuchFileException(job.mediaKey()));
  }

  @Override
  public void fail(Job job, String reason) {
    queue.end(job, VideoState.FAILED, reason);
  }
}
