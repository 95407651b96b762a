package slipway.rendition;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.health.BusyException;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.pictures.NoPreviewException;
import slipway.media.video.VideoFrames;
import slipway.photo.Photo;

/**
 * Takes frames of videos on request: few at a time, with the latest kept in memory. For many
 * threads.
 */
public final class Frames {
  private static final int MOST_WAITING = 8;
  private static final int MOST_WAIT_SECONDS = 10;
  private static final long MOST_KEPT_BYTES = 8L << 20;

  /** Of one that is kept, beside its own bytes: those that are empty count, too. */
  private static final int BYTES_OF_EACH = 512;

  private final MediaStore media;
  private final VideoFrames videos;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<Asked, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  /**
   * Takes frames of the videos in that store.
   *
   * @param most how many are taken at a time
   */
  public Frames(MediaStore media, VideoFrames videos, int most) {
    this.media = media;
    this.videos = videos;
    this.places = new Semaphore(most, true);
  }

  /** A frame of a file, which never changes. */
  private record Asked(String mediaKey, Frame frame) {}

  /** Whether the frame of a video is available, or that it has none at that time. */
  public boolean isKept(Photo video, Frame frame) {
    synchronized (kept) {
      return kept.containsKey(new Asked(video.mediaKey(), frame));
    }
  }

  /**
   * A frame of a video.
   *
   * @return a JPEG: the last picture, where no other begins up to the end; empty when the video has
   *     no picture at that time
   * @throws NoSuchFileException when its file is not there, or held
   * @throws NoPreviewException when none can be taken
   * @throws BusyException when too many are requested
   */
  public Optional<byte[]> of(Photo video, Frame frame)
      throws IOException, NoPreviewException, InterruptedException {
    if (video.isHeld()) {
      throw new NoSuchFileException(video.mediaKey());
    }
    Asked asked = new Asked(video.mediaKey(), frame);
    synchronized (kept) {
      byte[] known = kept.get(asked);
      if (known != null) {
        return some(known);
      }
    }
    Optional<LocalFile> file = media.local(new MediaKey(video.treeId(), video.mediaKey()));
    if (file.isEmpty()) {
      throw new NoSuchFileException(video.mediaKey());
    }
    byte[] taken = take(file.get(), frame, true);
    keep(asked, taken);
    return some(taken);
  }

  private static Optional<byte[]> some(byte[] jpeg) {
    return jpeg.length == 0 ? Optional.empty() : Optional.of(jpeg);
  }

  /**
   * A frame of a file that is not whole yet, which is not kept.
   *
   * @param file closed when this is done
   * @return a JPEG; empty when there is no picture at that time
   * @throws NoPreviewException when none can be taken, or not yet
   * @throws BusyException when too many are requested
   */
  public Optional<byte[]> of(LocalFile file, Frame frame)
      throws IOException, NoPreviewException, InterruptedException {
    return some(take(file, frame, false));
  }

  private byte[] take(LocalFile file, Frame frame, boolean isWhole)
      throws IOException, NoPreviewException, InterruptedException {
    try (file) {
      enter();
      try {
        return videos.jpeg(
            file.path(), frame.millis() / 1000.0, isWhole, frame.maxWidth(), frame.maxHeight());
      } finally {
        places.release();
      }
    }
  }

  private void enter() throws InterruptedException {
    try {
      if (waiting.incrementAndGet() > MOST_WAITING
          || !places.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new BusyException("Too many frames of videos are requested");
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void keep(Asked asked, byte[] jpeg) {
    synchronized (kept) {
      byte[] before = kept.put(asked, jpeg);
      keptBytes += bytes(jpeg) - (before == null ? 0 : bytes(before));
      var eldest = kept.entrySet().iterator();
      while (keptBytes > MOST_KEPT_BYTES && eldest.hasNext()) {
        keptBytes -= bytes(eldest.next().getValue());
        eldest.remove();
      }
    }
  }

  private static long bytes(byte[] jpeg) {
    return BYTES_OF_EACH + jpeg.length;
  }
}
