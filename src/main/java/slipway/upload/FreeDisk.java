package slipway.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import slipway.disk.DiskNews;
import slipway.disk.FullDisk;

/**
 * How much the disk has free beyond the bytes that must stay free. The system is asked again after
 * some bytes or some time, and whenever the disk seems full. For many threads.
 */
public final class FreeDisk {
  private static final long ASK_AFTER_BYTES = 16L << 20;
  private static final long ROOM_OF_A_WRITE = 64 << 10;
  private static final long ASK_AFTER_NANOS = 1_000_000_000;

  /** The disk has space again once this fraction of what must stay free is available besides. */
  private static final int MARGIN = 64;

  private final UsableBytes source;
  private final long leastFree;
  private final Lock lock = new ReentrantLock();

  /** The bytes that were neither reserved nor had to stay free when the system was last asked. */
  @GuardedBy("lock")
  private long left;

  /** Bytes that are reserved for files and not written yet. */
  @GuardedBy("lock")
  private long promised;

  @GuardedBy("lock")
  private long taken = ASK_AFTER_BYTES;

  @GuardedBy("lock")
  private long askedAt;

  /** Tells how many bytes can still be written. */
  @FunctionalInterface
  public interface UsableBytes {
    /** Bytes that can still be written. */
    long usableBytes() throws IOException;
  }

  /**
   * A disk.
   *
   * @param source tells what it has free
   * @param leastFree bytes that must stay free
   */
  public FreeDisk(UsableBytes source, long leastFree) {
    this.source = source;
    this.leastFree = leastFree;
  }

  /** Whether so many bytes could be written now. */
  boolean fits(long bytes) {
    lock.lock();
    try {
      boolean isOld = taken >= ASK_AFTER_BYTES || System.nanoTime() - askedAt >= ASK_AFTER_NANOS;
      if (isOld || left < bytes) {
        ask();
      }
      return left >= bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Counts bytes that are written now; false when they must not be. */
  boolean take(long bytes) {
    lock.lock();
    try {
      if (!fits(bytes)) {
        return false;
      }
      left -= bytes;
      taken += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reserves bytes for a file that is written from now on; false when there is no space for all.
   */
  boolean promise(long bytes) {
    lock.lock();
    try {
      ask();
      if (left < bytes) {
        return false;
      }
      left -= bytes;
      promised += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that some of the reserved bytes have been written. */
  void wrote(long bytes) {
    lock.lock();
    try {
      promised -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that some of the reserved bytes will not be written. */
  void unpromise(long bytes) {
    lock.lock();
    try {
      promised -= bytes;
      left += bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a write has failed for lack of space, by its message or by the state of the disk now.
   */
  boolean isFull(IOException failure) {
    boolean isFull = FullDisk.isReasonOf(failure) || isFull();
    if (isFull) {
      DiskNews.OF_FILES.full();
    }
    return isFull;
  }

  private boolean isFull() {
    lock.lock();
    try {
      ask();
      return left < ROOM_OF_A_WRITE;
    } finally {
      lock.unlock();
    }
  }

  /** Checks the disk, so that its state is logged even if nothing is received. */
  void look() {
    lock.lock();
    try {
      ask();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void ask() {
    askedAt = System.nanoTime();
    taken = 0;
    try {
      long free = source.usableBytes() - leastFree;
      if (free <= 0) {
        DiskNews.OF_FILES.full();
      } else if (free >= leastFree / MARGIN) {
        DiskNews.OF_FILES.roomy();
      }
      left = free - promised;
    } catch (IOException e) {
      // A disk whose free space is unknown counts as not full: writing to it will show.
      left = Long.MAX_VALUE / 2;
    }
  }
}
