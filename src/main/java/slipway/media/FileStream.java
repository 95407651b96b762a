package slipway.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * A range of a kept file, which can also be read without a copy on the heap; it closes the file.
 */
final class FileStream extends InputStream implements ReadableByteChannel {
  private final FileChannel content;
  private final long end;
  private long position;

  FileStream(FileChannel content, long first, long length) {
    this.content = content;
    this.position = first;
    this.end = first + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    return read(ByteBuffer.wrap(buffer, offset, count));
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    if (position >= end) {
      return -1;
    }
    if (buffer.remaining() > end - position) {
      buffer.limit(buffer.position() + (int) (end - position));
    }
    int read = content.read(buffer, position);
    if (read < 0) {
      throw new EOFException("A kept file is shorter than it was");
    }
    position += read;
    return read;
  }

  @Override
  public boolean isOpen() {
    return content.isOpen();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
