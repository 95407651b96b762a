package slipway.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import slipway.net.FilePart;

/** A kept local file. */
record FileMedia(Path path, FileChannel content, long size, Instant modified) implements Media {
  private static final int BUFFER_BYTES = 64 * 1024;

  @Override
  public void copy(long first, long length, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length));
    long position = first;
    long end = first + length;
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int read = content.read(buffer, position);
      if (read < 0) {
        throw new EOFException("A kept file is shorter than it was");
      }
      out.write(buffer.array(), 0, read);
      position += read;
    }
  }

  @Override
  public InputStream stream(long first, long length) {
    return new FileStream(content, first, length);
  }

  @Override
  public Optional<FilePart> part(long first, long length) {
    return Optional.of(new FilePart(path, first, length));
  }

  @Override
  public byte[] head(int most) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(most, size));
    while (head.hasRemaining()) {
      if (content.read(head, head.position()) < 0) {
        throw new EOFException("A kept file is shorter than it was");
      }
    }
    return head.array();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
