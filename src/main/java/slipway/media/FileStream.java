package slipway.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of a kept file; it closes the file. */
final class FileStream extends InputStream {
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
    if (position >= end) {
      return -1;
    }
    int most = (int) Math.min(count, end - position);
    int read = content.read(ByteBuffer.wrap(buffer, offset, most), position);
    if (read < 0) {
      throw new EOFException("A kept file is shorter than it was");
    }
    position += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
