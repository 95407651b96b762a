package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaPresence;
import slipway.media.MediaStore;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;

/**
 * The photos without renditions because their files are missing: a restore may bring a file back.
 * For many threads.
 */
final class MissingFiles {
  /** Further ones are checked once these have theirs. */
  private static final int MOST = 10_000;

  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final RenditionQueue queue;
  private final MediaStore media;
  private final MediaPresence presence;
  private final long pauseNanos;
  private final AtomicLong lastLook;

  MissingFiles(RenditionQueue queue, MediaStore media, MediaPresence presence) {
    this(queue, media, presence, PAUSE);
  }

  MissingFiles(RenditionQueue queue, MediaStore media, MediaPresence presence, Duration pause) {
    this.queue = queue;
    this.media = media;
    this.presence = presence;
    this.pauseNanos = pause.toNanos();
    this.lastLook = new AtomicLong(System.nanoTime() - pauseNanos);
  }

  /**
   * Whether a file is certainly missing, and not only because a disk is not mounted.
   *
   * @throws IOException when that is not known now
   */
  boolean isMissing(MediaKey key) throws IOException {
    for (int look = 0; look < 2; look++) {
      if (!presence.isThere()) {
        throw new IOException("The media folder does not show its identity; is its disk mounted?");
      }
      if (isThere(key)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(MediaKey key) throws IOException {
    try (Media file = media.open(key).orElse(null)) {
      return file != null;
    }
  }

  /** Queues photos again whose files are back: at the start, and then now and then. */
  void look() {
    for (Job job : due()) {
      try {
        if (isThere(new MediaKey(job.treeId(), job.mediaKey()))) {
          queue.retry(job);
        }
      } catch (IOException e) {
        return; // Unknown for now.
      }
    }
  }

  /** Read anew each time, as a photo of before may be deleted. */
  private List<Job> due() {
    long now = System.nanoTime();
    long last = lastLook.get();
    boolean isDue = now - last >= pauseNanos && lastLook.compareAndSet(last, now);
    return isDue ? queue.missing(MOST) : List.of();
  }
}
