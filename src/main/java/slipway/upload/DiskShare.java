package slipway.upload;

import java.io.IOException;

/**
 * Room on the disk that is kept for one file while it is written, whatever others write. For one
 * thread at a time.
 */
public final class DiskShare implements AutoCloseable {
  private final IncomingRoom room;
  private final FreeDisk disk;
  private long left;

  /** Of bytes that the disk has promised. */
  DiskShare(IncomingRoom room, FreeDisk disk, long bytes) {
    this.room = room;
    this.disk = disk;
    this.left = bytes;
  }

  /** Says that so many bytes of it have been written. */
  public void wrote(long bytes) {
    long ofThis = Math.min(bytes, left);
    left -= ofThis;
    disk.wrote(ofThis);
  }

  /** What a write came to that has failed: the disk may be full all the same. */
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
