package slipway.upload.resumable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import slipway.upload.DifferentFileException;

/**
 * Takes a stretch of which some bytes were received before: it compares those, and writes the
 * others. So received bytes are never overwritten.
 */
final class Overlay implements WritableByteChannel {
  private final SeekableByteChannel file;
  private final WritableByteChannel missing;
  private final ByteRanges there;
  private long position;

  /**
   * A stretch of a file.
   *
   * @param missing writes to the file, at its position
   * @param there the bytes that are there
   * @param first where the stretch begins
   */
  Overlay(SeekableByteChannel file, WritableByteChannel missing, ByteRanges there, long first) {
    this.file = file;
    this.missing = missing;
    this.there = there;
    this.position = first;
  }

  /**
   * Takes all bytes that remain.
   *
   * @throws DifferentFileException when some differ from those that are there
   */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    while (bytes.hasRemaining()) {
      int length = (int) Math.min(bytes.remaining(), there.endOfRun(position) - position);
      ByteBuffer next = bytes.duplicate().limit(bytes.position() + length);
      if (there.covers(position, position + 1)) {
        SameBytes.compare(file, position, next);
      } else {
        writeAll(next);
      }
      bytes.position(next.limit());
      position += length;
    }
    return count;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    file.position(position);
    while (bytes.hasRemaining()) {
      missing.write(bytes);
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
