package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import slipway.upload.DifferentFileException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * One stretch of an upload as it comes in, written at its place in the file. It counts as received
 * by {@link #end} or {@link #accept} only; closed before that, it may be sent again.
 */
public final class PieceWriter implements Piece {
  private final ResumableUpload upload;
  private final WritableByteChannel file;
  private final Stretch stretch;
  private final long first;
  private final boolean asItComes;

  private final Lock lock = new ReentrantLock();

  @GuardedBy("lock")
  private long written;

  @GuardedBy("lock")
  private boolean stopped;

  private volatile long latest = System.nanoTime();
  private boolean open = true;

  /**
   * For one stretch.
   *
   * @param stretch the bytes that may come
   * @param asItComes whether what came counts when another connection takes over
   */
  PieceWriter(
      ResumableUpload upload, WritableByteChannel file, Stretch stretch, boolean asItComes) {
    this.upload = upload;
    this.file = file;
    this.stretch = stretch;
    this.first = stretch.first();
    this.asItComes = asItComes;
  }

  /**
   * Writes the bytes that remain, all of them.
   *
   * @throws UploadRefusedException when they are more than was said, show a file that is not taken,
   *     or differ from bytes that are there already
   * @throws UploadLaterException when the upload was taken over by another connection
   */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    long end;
    try {
      end = writeAll(bytes);
    } catch (DifferentFileException e) {
      throw upload.otherFileCame();
    }
    if (first == 0) {
      upload.lookAtHead(end);
    }
    return count;
  }

  /** Writes them; gives where the next one belongs. */
  private long writeAll(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    lock.lock();
    try {
      if (stopped) {
        throw UploadLaterException.locked();
      }
      if (written + count > length()) {
        throw UploadRefusedException.lie("More bytes arrived than were announced.");
      }
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      written += count;
      latest = System.nanoTime();
      return first + written;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing has arrived for so long. */
  boolean isIdleFor(long nanos) {
    return System.nanoTime() - latest >= nanos;
  }

  /** Whether some byte of those may be one of this stretch. */
  boolean isOf(long from, long to) {
    return stretch.first() < to && from < stretch.end();
  }

  @Override
  public void checkWhole() throws IOException {
    if (written() < length()) {
      throw UploadRefusedException.lie("Fewer bytes arrived than were announced.");
    }
  }

  /**
   * Says that the stretch is whole; it is durable on return.
   *
   * @throws UploadRefusedException when fewer bytes arrived than were said to
   */
  @Override
  public void end() throws IOException {
    checkWhole();
    accept();
  }

  /**
   * Has what came so far count as received; it is durable on return.
   *
   * @throws IOException when it may not be on the disk, and has to come again
   * @throws UploadLaterException when the upload is ending, or another connection has taken over
   *     and may write over these bytes or cut them off
   */
  public void accept() throws IOException {
    long end;
    lock.lock();
    try {
      if (stopped && !asItComes) {
        throw UploadLaterException.locked();
      }
      end = first + written;
      upload.add(stretch, end);
    } finally {
      lock.unlock();
    }
    upload.commit(stretch.first(), end);
  }

  /** Bytes that arrived. */
  public long written() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  /** After this no byte is written any more; what was to count as it came is received. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      if (asItComes) {
        upload.addIfThere(stretch, first + written);
      }
    } finally {
      lock.unlock();
    }
  }

  long length() {
    return stretch.end() - first;
  }

  Stretch stretch() {
    return stretch;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      try {
        file.close();
      } finally {
        upload.leave(this);
      }
    }
  }
}
