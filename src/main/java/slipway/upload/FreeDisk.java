package slipway.upload;

import java.io.IOException;

/**
 * What the disk has free beyond the bytes that must stay free. It is asked again after some bytes
 * or some time, and whenever it seems full. For many threads.
 */
public final class FreeDisk {
  private static final long ASK_AFTER_BYTES = 16L << 20;
  private static final long ASK_AFTER_NANOS = 1_000_000_000;

  private final Source source;
  private final long leastFree;
  private long left;
  private long taken = ASK_AFTER_BYTES;
  private long askedAt;

  /** Tells how many bytes can still be written. */
  @FunctionalInterface
  public interface Source {
    /** Bytes that can still be written. */
    long usableBytes() throws IOException;
  }

  /**
   * A disk.
   *
   * @param source tells what it has free
   * @param leastFree bytes that must stay free
   */
  public FreeDisk(Source source, long leastFree) {
    this.source = source;
    this.leastFree = leastFree;
  }

  /** Whether so many bytes could be written now. */
  synchronized boolean fits(long bytes) {
    boolean isOld = taken >= ASK_AFTER_BYTES || System.nanoTime() - askedAt >= ASK_AFTER_NANOS;
    if (isOld || left < bytes) {
      ask();
    }
    return left >= bytes;
  }

  /** Counts bytes that are written now; false when they must not be. */
  synchronized boolean take(long bytes) {
    if (!fits(bytes)) {
      return false;
    }
    left -= bytes;
    taken += bytes;
    return true;
  }

  private void ask() {
    askedAt = System.nanoTime();
    taken = 0;
    try {
      left = source.usableBytes() - leastFree;
    } catch (IOException e) {
      // A disk that does not tell is not known to be full: writing to it will show.
      left = Long.MAX_VALUE;
    }
  }
}
