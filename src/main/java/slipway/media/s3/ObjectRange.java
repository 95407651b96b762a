package slipway.media.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import slipway.media.MediaAwayException;

/**
 * A range of an object. It is requested when it is first read: a window, and when that is used up
 * the next one. Where the connection is cut, what is left of the window is requested again.
 */
final class ObjectRange extends InputStream {
  private static final int MOST_FRUITLESS = 3;

  private final ObjectStore store;
  private final String name;
  private final long end;
  private final long window;
  private long position;
  private long windowEnd;
  private ObjectBytes bytes;
  private int fruitless;

  /**
   * That of an object.
   *
   * @param first offset of the first byte
   * @param end offset of what follows the last one
   * @param atFirst how much is requested at first
   * @param window how much after that
   */
  ObjectRange(ObjectStore store, String name, long first, long end, long atFirst, long window) {
    this.store = store;
    this.name = name;
    this.position = first;
    this.end = end;
    this.windowEnd = Math.min(end, first + atFirst);
    this.window = window;
  }

  /** The offset of the next byte. */
  long position() {
    return position;
  }

  /**
   * Asks for the window.
   *
   * @return false when there is no such object, or it is shorter
   */
  boolean open() throws IOException {
    Optional<ObjectBytes> there = store.get(name, position, windowEnd - position);
    bytes = there.orElse(null);
    return bytes != null;
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
    if (position >= windowEnd) {
      windowEnd = Math.min(end, position + window);
    }
    int most = (int) Math.min(count, windowEnd - position);
    int read = most == 0 ? 0 : readSome(buffer, offset, most);
    position += read;
    if (position == windowEnd) {
      close();
    }
    return read;
  }

  private int readSome(byte[] buffer, int offset, int most) throws IOException {
    while (true) {
      if (bytes == null && !open()) {
        throw new NoSuchFileException(name);
      }
      try {
        int read = bytes.read(buffer, offset, most);
        if (read > 0) {
          fruitless = 0;
          return read;
        }
        throw new EOFException("An object is shorter than it was");
      } catch (IOException e) {
        close();
        requireMore(e);
      }
    }
  }

  private void requireMore(IOException e) throws MediaAwayException {
    if (++fruitless >= MOST_FRUITLESS) {
      throw new MediaAwayException("The object store does not send all of " + name, e);
    }
  }

  /** Where all of the window came, its connection can be used again. */
  @Override
  public void close() throws IOException {
    if (bytes == null) {
      return;
    }
    try (ObjectBytes open = bytes) {
      if (position == windowEnd) {
        open.finish();
      }
    } finally {
      bytes = null;
    }
  }
}
