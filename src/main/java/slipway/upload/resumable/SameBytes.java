package slipway.upload.resumable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import slipway.upload.DifferentFileException;

/** Takes bytes of a file again, one after the other, and writes none of them. */
final class SameBytes implements WritableByteChannel {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final SeekableByteChannel file;
  private long position;

  /** Those of that file from {@code first} on; closing this closes it. */
  SameBytes(SeekableByteChannel file, long first) {
    this.file = file;
    this.position = first;
  }

  /**
   * Compares the bytes that remain.
   *
   * @throws DifferentFileException when they are others than those that are there
   */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    compare(file, position, bytes);
    position += count;
    return count;
  }

  /** Compares the bytes that remain with those of a file from a place on. */
  static void compare(SeekableByteChannel file, long from, ByteBuffer came) throws IOException {
    ByteBuffer there = ByteBuffer.allocate(Math.min(BUFFER_BYTES, came.remaining()));
    file.position(from);
    while (came.hasRemaining()) {
      there.clear().limit(Math.min(there.capacity(), came.remaining()));
      if (file.read(there) < 0) {
        throw new EOFException("The file of an upload was truncated");
      }
      there.flip();
      ByteBuffer next = came.duplicate().limit(came.position() + there.limit());
      if (!there.equals(next)) {
        throw new DifferentFileException();
      }
      came.position(next.limit());
    }
  }

  /** Whether so many bytes from the start of a file on are those that another takes as its own. */
  static boolean isSame(SeekableByteChannel file, long length, WritableByteChannel other)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      for (long left = length; left > 0; left -= buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        while (buffer.hasRemaining()) {
          if (file.read(buffer) < 0) {
            throw new EOFException("The file of an upload was truncated");
          }
        }
        other.write(buffer.flip());
      }
      return true;
    } catch (DifferentFileException e) {
      return false;
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
}
