package slipway.upload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.Media;
import slipway.media.MediaAwayException;
import slipway.photo.Photo;

/**
 * The files of some photos, with which an incoming file is compared. Files are closed as soon as
 * they differ. For one thread at a time.
 */
final class Originals implements WritableByteChannel {
  private static final Logger LOG = LoggerFactory.getLogger(Originals.class);

  private final List<Original> same = new ArrayList<>();
  private long size;

  /** For a file that comes from its beginning. */
  Originals() {
    this(0);
  }

  /** For the rest of a file. */
  Originals(long offset) {
    this.size = offset;
  }

  private record Original(Photo photo, Media media) {}

  /** Adds one, which is closed with this. */
  void add(Photo photo, Media media) {
    same.add(new Original(photo, media));
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return same.isEmpty();
  }

  /**
   * Compares the bytes that remain with those that follow in each file.
   *
   * @throws DifferentFileException when none has them
   * @throws MediaAwayException when one cannot be read now, so that nobody knows
   */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    Iterator<Original> each = same.iterator();
    while (each.hasNext()) {
      Original original = each.next();
      if (!goesOnWith(original.media(), bytes.duplicate())) {
        each.remove();
        original.media().close();
      }
    }
    if (same.isEmpty()) {
      throw new DifferentFileException();
    }
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    size += count;
    return count;
  }

  private boolean goesOnWith(Media media, ByteBuffer bytes) throws MediaAwayException {
    if (bytes.remaining() > media.size() - size) {
      return false;
    }
    try {
      media.copy(size, bytes.remaining(), new Comparing(bytes));
      return true;
    } catch (DifferentFileException e) {
      return false;
    } catch (MediaAwayException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("A file that is kept could not be compared with one that came in", e);
      return false;
    }
  }

  /** The photo whose file is the one that came in, which is whole now. */
  Optional<Photo> whole() {
    return same.stream()
        .filter(original -> original.media().size() == size)
        .map(Original::photo)
        .findFirst();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() throws IOException {
    for (Original original : same) {
      original.media().close();
    }
    same.clear();
  }

  /** Skips bytes of the file, as long as they equal those received. */
  private static final class Comparing extends OutputStream {
    private final ByteBuffer came;

    Comparing(ByteBuffer came) {
      this.came = came;
    }

    @Override
    public void write(byte[] there, int offset, int length) throws IOException {
      ByteBuffer next = came.duplicate().limit(came.position() + length);
      if (!next.equals(ByteBuffer.wrap(there, offset, length))) {
        throw new DifferentFileException();
      }
      came.position(next.limit());
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }
  }
}
