package slipway.media.pictures;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A visitor's file, as decoders read it. They may hide that it could not be read, or take it for a
 * fault of what is in it, so that the file remembers.
 */
final class PictureFile implements Closeable {
  private final FileChannel channel;
  private IOException trouble;
  private long replacedAt;
  private byte[] replaced = {};

  private PictureFile(FileChannel channel) {
    this.channel = channel;
  }

  static PictureFile open(Path path) throws IOException {
    return new PictureFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * Reads bytes at a position.
   *
   * @return how many; -1 at the end of the file
   */
  int read(ByteBuffer bytes, long position) throws IOException {
    int start = bytes.position();
    try {
      int count = channel.read(bytes, position);
      for (int i = 0; i < replaced.length; i++) {
        long at = replacedAt + i - position;
        if (at >= 0 && at < count) {
          bytes.put(start + (int) at, replaced[i]);
        }
      }
      return count;
    } catch (IOException e) {
      trouble = e;
      throw e;
    }
  }

  /** Has other bytes read at a position from now on, in place of what is there. */
  void replace(long position, byte[] bytes) {
    replacedAt = position;
    replaced = bytes;
  }

  long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      trouble = e;
      throw e;
    }
  }

  /** All bytes from the start, with a buffer. */
  InputStream stream() {
    return new BufferedInputStream(new Bytes());
  }

  /**
   * Fails when the file could not be read, whatever came of it.
   *
   * @throws IOException as it was first thrown
   */
  void check() throws IOException {
    if (trouble != null) {
      throw trouble;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Bytes extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = PictureFile.this.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = Math.max(0, Math.min(count, size() - position));
      position += skipped;
      return skipped;
    }
  }
}
