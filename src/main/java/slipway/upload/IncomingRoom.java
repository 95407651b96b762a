package slipway.upload;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The room for all files that are being received: those of forms and direct uploads, and unfinished
 * uploads in pieces. It bounds their bytes, and leaves the disk what must stay free. A form's file
 * takes room as its bytes come: a length that is merely announced takes none from others. For many
 * threads.
 */
public final class IncomingRoom {
  private final long mostBytes;
  private final FreeDisk disk;
  private final TokenlessRoom tokenless;
  private long used;

  /**
   * Bounds of the room.
   *
   * @param totalBytes all files that are being received; 0 for as many as the disk has room for
   * @param tokenlessBytes those of forms that have not shown a known token yet
   * @param tokenlessBytesPerAddress the same of one address
   */
  public record RoomLimits(long totalBytes, long tokenlessBytes, long tokenlessBytesPerAddress) {}

  /** Room on that disk. */
  public IncomingRoom(RoomLimits limits, FreeDisk disk) {
    this.mostBytes = limits.totalBytes() == 0 ? Long.MAX_VALUE : limits.totalBytes();
    this.disk = disk;
    this.tokenless = new TokenlessRoom(limits.tokenlessBytes(), limits.tokenlessBytesPerAddress());
    Gauge.builder("slipway.incoming.bytes", this, IncomingRoom::used)
        .baseUnit("bytes")
        .description("Bytes of files that are being received, and of unfinished uploads")
        .register(Metrics.globalRegistry);
    Gauge.builder("slipway.incoming.tokenless.bytes", tokenless, TokenlessRoom::used)
        .baseUnit("bytes")
        .description("Bytes of forms that have not shown a known token yet")
        .register(Metrics.globalRegistry);
  }

  /**
   * Room for the file of a form; close what is returned.
   *
   * @param address whom the bytes are counted for until the token is known
   * @param tokenField the field that shows the token
   * @param length bytes of the whole form; -1 when it is not known
   */
  UploadRoom ofForm(String address, String tokenField, long length) {
    return new UploadRoom(this, new TokenlessRoom.Share(tokenless, address, tokenField), length);
  }

  /**
   * Room for the file of a caller who is known; close what is returned.
   *
   * @param length bytes of the whole request; -1 when it is not known
   */
  UploadRoom ofKnown(long length) {
    return new UploadRoom(this, null, length);
  }

  /**
   * Checks whether so many bytes would fit now; takes nothing.
   *
   * @throws UploadLaterException when they would not
   */
  public void check(long bytes) throws UploadLaterException {
    synchronized (this) {
      if (bytes > mostBytes - used) {
        throw UploadLaterException.noRoom();
      }
    }
    if (!disk.fits(bytes)) {
      throw UploadLaterException.diskFull();
    }
  }

  /**
   * Checks whether the disk has any space at all, before an upload begins.
   *
   * @throws UploadLaterException when it has only the space left that must stay free
   */
  public void checkDisk() throws UploadLaterException {
    if (!disk.fits(1)) {
      throw UploadLaterException.diskFull();
    }
  }

  /** Logs the state of the disk, if that has changed. */
  public void look() {
    disk.look();
  }

  /** Interprets the failure of a write: the disk may have become full just now. */
  IOException failed(IOException failure) {
    if (!disk.isFull(failure)) {
      return failure;
    }
    UploadLaterException full = UploadLaterException.diskFull();
    full.initCause(failure);
    return full;
  }

  /**
   * Takes room for bytes.
   *
   * @throws UploadLaterException when there is none
   */
  public synchronized void claim(long bytes) throws UploadLaterException {
    if (bytes > mostBytes - used) {
      throw UploadLaterException.noRoom();
    }
    used += bytes;
  }

  /** Counts bytes that are there already. */
  public synchronized void add(long bytes) {
    used += bytes;
  }

  /** Gives room back. */
  public synchronized void release(long bytes) {
    used -= bytes;
  }

  /**
   * Checks the disk before so many bytes are written to it.
   *
   * @throws UploadLaterException when it has no room for them
   */
  void writing(long bytes) throws UploadLaterException {
    if (!disk.take(bytes)) {
      throw UploadLaterException.diskFull();
    }
  }

  /**
   * Reserves disk space for a file that is written now in one go; close what is returned.
   *
   * @throws UploadLaterException when the disk has no room for all of it
   */
  public DiskShare share(long bytes) throws UploadLaterException {
    if (!disk.promise(bytes)) {
      throw UploadLaterException.diskFull();
    }
    return new DiskShare(this, disk, bytes);
  }

  /** A channel that looks at the disk before it writes. */
  public WritableByteChannel guard(WritableByteChannel file) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        writing(bytes.remaining());
        try {
          return file.write(bytes);
        } catch (IOException e) {
          throw failed(e);
        }
      }

      @Override
      public boolean isOpen() {
        return file.isOpen();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  synchronized long used() {
    return used;
  }
}
