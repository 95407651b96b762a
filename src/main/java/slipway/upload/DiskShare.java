package slipway.upload;

import java.io.IOException;

/**
 * Disk space that is reserved for one file while it is written, whatever others write. For one
 * thread at a time.
 */
public final class DiskShare implements AutoCloseable {
  private final IncomingRoom room;
  private final FreeDisk disk;
  private long left;

  /** A share of bytes that the disk has reserved. */
  DiskShare(IncomingRoom room, FreeDisk disk, long bytes) {
    this.room = room;
    this.disk = disk;
    this.left = bytes;
  }

  /** Notes that so many of its bytes have been written. */
  public void wrote(long bytes) {
    long ofThis = Math.min(bytes, left);
    left -= ofThis;
    disk.wrote(ofThis);
  }

  /** Interprets the failure of a write: the disk may be full all the same. */
  public IOException failed(IOException failure) {
    return room.failed(failure);
  }

  /** Gives back what was not written. */
  @Override
  public void close() {
    disk.unpromise(left);
    left = 0;
  }
}
