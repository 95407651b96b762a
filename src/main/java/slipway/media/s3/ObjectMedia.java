package slipway.media.s3;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import slipway.media.Media;
import slipway.media.MediaAwayException;
import slipway.net.FilePart;

/**
 * A kept file that is an object, or a part of one. What is copied piece by piece is requested in
 * larger ones; a range that is streamed is requested as it is.
 */
final class ObjectMedia implements Media {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int START_BYTES = 4 * 1024;
  private static final long AHEAD_BYTES = 8L << 20;

  private final ObjectStore store;
  private final String name;
  private final long offset;
  private final long size;
  private final Instant modified;

  /** The first bytes, where they have come already. */
  private byte[] start = {};

  /** What follows what was read last; null where nothing was. */
  private ObjectRange next;

  /**
   * That of a part of an object.
   *
   * @param offset where it begins
   */
  ObjectMedia(ObjectStore store, String name, long offset, long size, Instant modified) {
    this.store = store;
    this.name = name;
    this.offset = offset;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Begins to read it whole, so that it can be read to its end though it is deleted meanwhile.
   *
   * @return false when there is no such object
   */
  boolean begin() throws IOException {
    next = range(0, size, size);
    if (!next.open()) {
      return false;
    }
    start = next.readNBytes((int) Math.min(START_BYTES, size));
    return true;
  }

  /**
   * A range that continues to the end in larger pieces, where more is read than is requested now.
   */
  private ObjectRange range(long first, long end, long atFirst) {
    return new ObjectRange(store, name, offset + first, offset + end, atFirst, AHEAD_BYTES);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Instant modified() {
    return modified;
  }

  @Override
  public void copy(long first, long length, OutputStream out) throws IOException {
    requireThere(first, length);
    long left = length;
    long from = first;
    if (isAtStart(first)) {
      int some = (int) Math.min(start.length, length);
      out.write(start, 0, some);
      from += some;
      left -= some;
    }
    if (left > 0) {
      read(from, left, out);
    }
  }

  private void requireThere(long first, long length) throws IOException {
    if (first + length > size) {
      throw new EOFException("The range ends beyond the file");
    }
  }

  /** Whether the first bytes are available, and what follows them is what comes next. */
  private boolean isAtStart(long first) {
    return first == 0 && start.length > 0 && next != null && isNext(start.length);
  }

  private boolean isNext(long first) {
    return next.position() == offset + first;
  }

  private void read(long first, long length, OutputStream out) throws IOException {
    if (next == null || !isNext(first)) {
      close();
      next = range(first, size, length);
    }
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
    long left = length;
    while (left > 0) {
      int read = readNext(buffer, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("A kept file is shorter than it was");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private int readNext(byte[] buffer, int most) throws IOException {
    try {
      return next.read(buffer, 0, most);
    } catch (NoSuchFileException e) {
      throw gone(e);
    }
  }

  @Override
  public InputStream stream(long first, long length) throws IOException {
    if (isAtStart(first) && length == size) {
      return new ClosingRange(new SequenceInputStream(new ByteArrayInputStream(start), next));
    }
    ObjectRange range = range(first, Math.min(size, first + length), length);
    boolean isBegun = false;
    try {
      // Who reads it has begun to answer by then, and could not say any more that it is away.
      byte[] begun = range.readNBytes((int) Math.min(START_BYTES, length));
      isBegun = true;
      return new ClosingRange(new SequenceInputStream(new ByteArrayInputStream(begun), range));
    } catch (NoSuchFileException e) {
      throw gone(e);
    } finally {
      if (!isBegun) {
        range.close();
      }
    }
  }

  /** It was there just now: whoever asks again is told what it has become. */
  private static MediaAwayException gone(NoSuchFileException e) {
    return new MediaAwayException("An object is gone that was there just now", e);
  }

  /** A stream of it that closes it. */
  private final class ClosingRange extends FilterInputStream {
    ClosingRange(InputStream range) {
      super(range);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        ObjectMedia.this.close();
      }
    }
  }

  @Override
  public Optional<FilePart> part(long first, long length) {
    return Optional.empty();
  }

  @Override
  public Optional<URI> address(String type, String disposition) throws IOException {
    return offset == 0 && start.length == 0
        ? Optional.of(store.address(name, type, disposition))
        : Optional.empty();
  }

  @Override
  public byte[] head(int most) throws IOException {
    int length = (int) Math.min(most, size);
    if (length <= start.length) {
      return Arrays.copyOf(start, length);
    }
    try (InputStream head = range(0, length, length)) {
      byte[] bytes = head.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("A kept file is shorter than it was");
      }
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    if (next != null) {
      next.close();
    }
  }
}
