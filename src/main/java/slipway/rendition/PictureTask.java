package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.DiskNews;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaPresence;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.decoder.DecodedPicture;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.photo.PhotoFacts;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;

/** Makes the pictures of a photo. */
final class PictureTask implements JobTask {
  private static final Logger LOG = LoggerFactory.getLogger(PictureTask.class);

  /** Between looks without an announcement: an earlier attempt may have left something. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final RenditionQueue queue;
  private final MissingFiles missing;
  private final MediaStore media;
  private final FreeRoom room;
  private final Previews previews;
  private final SecondTries again;

  PictureTask(
      RenditionQueue queue,
      MediaStore media,
      FreeRoom room,
      MediaPresence presence,
      Previews previews,
      SecondTries again) {
    this.queue = queue;
    this.again = again;
    this.media = media;
    this.room = room;
    this.missing = new MissingFiles(queue, media, presence);
    this.previews = previews;
  }

  @Override
  public String name() {
    return "renditions";
  }

  @Override
  public String deed() {
    return "make the renditions of";
  }

  @Override
  public DiskNews disk() {
    return DiskNews.OF_PICTURES;
  }

  @Override
  public List<Job> after(Job last, int count) {
    return queue.after(last, count);
  }

  @Override
  public List<String> stillWaiting(Collection<String> mediaKeys) {
    return queue.stillWaiting(mediaKeys);
  }

  @Override
  public boolean begin(Job job) {
    return queue.begin(job);
  }

  @Override
  public void giveBack(Job job) {
    queue.giveBack(job);
  }

  @Override
  public void run(Job job) throws IOException, NoPreviewException, InterruptedException {
    room.check(0);
    MediaKey key = new MediaKey(job.treeId(), job.mediaKey());
    Optional<LocalFile> local = media.local(key);
    if (local.isEmpty()) {
      if (!missing.isMissing(key)) {
        throw new IOException("The file was not there just now");
      }
      throw NoPreviewException.broken(RenditionQueue.MISSING);
    }
    try (LocalFile file = local.get();
        DecodedPicture picture =
            previews.of(file.path(), job.contentType(), RenditionSize.LARGE.most())) {
      MediaFacts about = picture.facts();
      RenditionSet made = RenditionSet.of(picture, about.width(), about.height(), false);
      boolean isDone =
          new RenditionSwitch(media, room)
              .to(
                  key,
                  made.files(),
                  version -> queue.done(job, facts(about), version, made.bytes()));
      if (!isDone) {
        LOG.debug("Photo {} was deleted or got another file meanwhile", job.photoId());
      }
    }
  }

  @Override
  public void fail(Job job, NoPreviewException why) {
    RenditionState state =
        why.obstacle() == Obstacle.KIND ? RenditionState.ORIGINAL_ONLY : RenditionState.FAILED;
    queue.end(job, state, why.getMessage(), facts(why.facts()));
  }

  static PhotoFacts facts(MediaFacts about) {
    return new PhotoFacts(about.width(), about.height(), about.durationMillis(), about.takenAt());
  }

  @Override
  public void prepare() {
    again.look();
    missing.look();
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void rest(Duration most) throws InterruptedException {
    if (!queue.await(most)) {
      previews.rest();
    }
  }
}
