package slipway.rendition;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import slipway.disk.DiskNews;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.VideoQueue;
import slipway.photo.VideoState;

/** What is done with each video that is in a state. */
abstract class VideoTask implements JobTask {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final VideoQueue queue;
  private final VideoState state;
  private final MediaStore media;

  VideoTask(VideoQueue queue, VideoState state, MediaStore media) {
    this.queue = queue;
    this.state = state;
    this.media = media;
  }

  final VideoQueue queue() {
    return queue;
  }

  final LocalFile file(Job job) throws IOException {
    return media
        .local(new MediaKey(job.treeId(), job.mediaKey()))
        .orElseThrow(() -> new NoSuchFileException(job.mediaKey()));
  }

  @Override
  public final DiskNews disk() {
    return DiskNews.OF_VIDEOS;
  }

  @Override
  public final List<Job> after(Job last, int count) {
    return queue.after(state, last, count);
  }

  @Override
  public final List<String> stillWaiting(Collection<String> mediaKeys) {
    return queue.stillWaiting(state, mediaKeys);
  }

  @Override
  public final boolean begin(Job job) {
    return queue.begin(job);
  }

  @Override
  public final void giveBack(Job job) {
    queue.giveBack(job);
  }

  @Override
  public final void fail(Job job, NoPreviewException why) {
    queue.end(job, VideoState.FAILED, why.getMessage());
  }

  @Override
  public final Duration pause() {
    return PAUSE;
  }
}
