package slipway.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import slipway.media.Media;
import slipway.photo.Photo;

/**
 * The originals of photos as one zip (APPNOTE.TXT 6.3, with ZIP64 where it is large), made as it is
 * read: only one piece of it is held at a time. Pictures and videos are compressed already, and are
 * stored as they are. A missing file of an existing photo breaks the stream, so that a zip that
 * seems complete is complete.
 */
final class ZipStream extends InputStream {
  private static final int PIECE = 64 * 1024;

  private final ByteArrayOutputStream made = new ByteArrayOutputStream(PIECE + 1024);
  private final ZipOutputStream zip = new ZipOutputStream(made);
  private final ZipNames names = new ZipNames();
  private final byte[] piece = new byte[PIECE];
  private final Iterator<Photo> photos;
  private final OriginalSource originals;
  private final Runnable whenClosed;

  private byte[] ready = new byte[0];
  private int given;
  private InputStream file;
  private boolean isFinished;
  private boolean isClosed;

  /** The source of originals. */
  @FunctionalInterface
  interface OriginalSource {
    /**
     * Opens the original of a photo.
     *
     * @return empty if the photo is no longer available to this reader
     * @throws IOException when it is available, but its file is missing
     */
    Optional<Media> open(Photo photo) throws IOException;
  }

  /**
   * The zip of these photos.
   *
   * @param whenClosed run once, when it has been read or given up
   */
  ZipStream(List<Photo> photos, OriginalSource originals, Runnable whenClosed) {
    this.photos = photos.iterator();
    this.originals = originals;
    this.whenClosed = whenClosed;
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (given == ready.length) {
      if (isFinished) {
        return -1;
      }
      make();
      ready = made.toByteArray();
      made.reset();
      given = 0;
    }
    int count = Math.min(length, ready.length - given);
    System.arraycopy(ready, given, into, offset, count);
    given += count;
    return count;
  }

  /** Makes the next piece, which may be empty. */
  private void make() throws IOException {
    if (file != null) {
      copyPiece();
    } else if (photos.hasNext()) {
      begin(photos.next());
    } else {
      zip.finish();
      isFinished = true;
    }
  }

  private void begin(Photo photo) throws IOException {
    Optional<Media> original = originals.open(photo);
    if (original.isPresent()) {
      file = original.get().stream(0, original.get().size());
      ZipEntry entry = new ZipEntry(names.next(photo));
      entry.setTimeLocal(photo.createdAt().atOffset(ZoneOffset.UTC).toLocalDateTime());
      zip.putNextEntry(entry);
    }
  }

  private void copyPiece() throws IOException {
    int count = file.read(piece);
    if (count >= 0) {
      zip.write(piece, 0, count);
    } else {
      zip.closeEntry();
      file.close();
      file = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    whenClosed.run();
    if (file != null) {
      file.close();
    }
  }
}
