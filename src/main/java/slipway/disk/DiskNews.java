package slipway.disk;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that a disk is full, and that it has space again: once each, however many requests notice.
 * For many threads.
 */
public final class DiskNews {
  /** For received files, wherever a request finds the disk full. */
  public static final DiskNews OF_FILES =
      new DiskNews(
          "The disk is full, or has less room than slipway.health.least-free-bytes: files are"
              + " refused until it has more",
          "The disk has room for files again");

  /** For pictures that are made, and their intermediate files. */
  public static final DiskNews OF_PICTURES =
      new DiskNews(
          "There is no room to make pictures, on the disk of the media or on that of the folder"
              + " work: photos wait for theirs until there is more",
          "There is room to make pictures again");

  /** For videos that are converted. */
  public static final DiskNews OF_VIDEOS =
      new DiskNews(
          "There is no room to convert videos, on the disk of the media or on that of the folder"
              + " work: videos wait until there is more",
          "There is room to convert videos again");

  private static final Logger LOG = LoggerFactory.getLogger(DiskNews.class);

  /** A small write may find space where the next, larger one does not. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final String full;
  private final String roomy;
  private final LongSupplier nanos;
  private final AtomicBoolean isFull = new AtomicBoolean();
  private volatile long lastFull;

  /** With the messages for both events. */
  public DiskNews(String full, String roomy) {
    this(full, roomy, System::nanoTime);
  }

  DiskNews(String full, String roomy, LongSupplier nanos) {
    this.full = full;
    this.roomy = roomy;
    this.nanos = nanos;
  }

  /** Notes that something found no space. */
  public void full() {
    lastFull = nanos.getAsLong();
    if (isFull.compareAndSet(false, true)) {
      LOG.warn(full);
    }
  }

  /** Notes that something found space; this counts once no write has failed for a while. */
  public void roomy() {
    if (isFull.get()
        && nanos.getAsLong() - lastFull >= QUIET.toNanos()
        && isFull.compareAndSet(true, false)) {
      LOG.info(roomy);
    }
  }

  /** Whether the last message to the log was that the disk is full. */
  public boolean isFull() {
    return isFull.get();
  }
}
