package slipway.media.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * What a decoder reads a file from. Decoders read byte by byte where it is broken, so that it has a
 * buffer.
 */
final class DecoderInput extends ImageInputStreamImpl {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final PictureFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** Where in the file the buffer begins. */
  private long start;

  /** Where zeros end that are read after the end of a file. */
  private final long length;

  DecoderInput(PictureFile file) {
    this(file, 0);
  }

  /**
   * A file that may have been cut: zeros follow its last byte up to a length, so that a decoder
   * draws what is there.
   *
   * @param length bytes that the file says it has
   */
  DecoderInput(PictureFile file, long length) {
    this.file = file;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (!fill()) {
      return -1;
    }
    streamPos++;
    return buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    streamPos += count;
    return count;
  }

  /** Has the buffer at the position; false at the end of the file. */
  private boolean fill() throws IOException {
    long at = streamPos - start;
    if (at >= 0 && at < buffer.limit()) {
      buffer.position((int) at);
      return true;
    }
    buffer.clear();
    int count = file.read(buffer, streamPos);
    start = streamPos;
    if (count <= 0) {
      addZeros();
    }
    buffer.flip();
    return buffer.hasRemaining();
  }

  private void addZeros() {
    while (buffer.hasRemaining() && streamPos + buffer.position() < length) {
      buffer.put((byte) 0);
    }
  }

  @Override
  public long length() {
    try {
      return Math.max(file.size(), length);
    } catch (IOException e) {
      return -1;
    }
  }
}
