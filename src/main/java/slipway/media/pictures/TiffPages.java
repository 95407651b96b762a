package slipway.media.pictures;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pictures that a TIFF or BigTIFF has (TIFF 6.0, section 2; TIFF Technical Note 1). Raw files
 * have a thumbnail first, and the picture that was taken in a directory below it. No more
 * directories are looked at than such a file needs.
 */
final class TiffPages {
  private static final int REDUCED = 1;
  private static final int MOST_PAGES = 64;
  private static final int MOST_BELOW = 16;
  private static final int MOST_ENTRIES = 4096;
  private static final int BIG = 43;

  private final DecoderInput in;
  private final boolean big;
  private final List<TiffPicture> pages = new ArrayList<>();

  /**
   * A picture.
   *
   * @param index its number in the chain of directories; -1 of one below these
   * @param isReduced whether it stands for another one that is larger
   */
  record TiffPicture(int index, long width, long height, boolean isReduced) {
    private long pixels() {
      return width * height;
    }

    MediaFacts size() {
      return new MediaFacts(side(width), side(height), null, null);
    }

    private static int side(long pixels) {
      return (int) Math.min(pixels, Integer.MAX_VALUE);
    }
  }

  private TiffPages(DecoderInput in) throws IOException {
    this.in = in;
    in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(2);
    big = in.readUnsignedShort() == BIG;
    in.seek(big ? 8 : 4);
  }

  /** The picture that stands for the file; empty when it is broken. */
  static Optional<TiffPicture> shown(PictureFile file) throws IOException {
    try (DecoderInput in = new DecoderInput(file)) {
      TiffPages tiff = new TiffPages(in);
      tiff.readAll();
      return tiff.shown();
    } catch (EOFException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** The first, unless it is but a smaller form of another one. */
  private Optional<TiffPicture> shown() {
    Optional<TiffPicture> first = pages.stream().filter(page -> page.index() == 0).findFirst();
    return first.isEmpty() || !first.get().isReduced()
        ? first
        : pages.stream()
            .filter(page -> !page.isReduced())
            .max(Comparator.comparingLong(TiffPicture::pixels))
            .or(() -> first);
  }

  private void readAll() throws IOException {
    long next = offset();
    for (int i = 0; i < MOST_PAGES && next != 0; i++) {
      in.seek(next);
      List<Long> below = new ArrayList<>();
      next = read(i, below);
      for (long one : below) {
        in.seek(one);
        read(-1, new ArrayList<>());
      }
    }
  }

  /**
   * Reads a directory.
   *
   * @param below gets where those are that stand below it
   * @return where the next one is; 0 when there is none
   */
  private long read(int index, List<Long> below) throws IOException {
    long count = big ? in.readLong() : in.readUnsignedShort();
    if (count < 0 || count > MOST_ENTRIES) {
      return 0;
    }
    long start = in.getStreamPosition();
    long[] values = new long[3];
    for (int i = 0; i < count; i++) {
      in.seek(start + (long) i * entryBytes());
      int tag = in.readUnsignedShort();
      switch (tag) {
        case 0xfe -> values[0] = value();
        case 0x100 -> values[1] = value();
        case 0x101 -> values[2] = value();
        case 0x14a -> readOffsets(below);
        default -> {
          // Says nothing about the size.
        }
      }
    }
    pages.add(new TiffPicture(index, values[1], values[2], (values[0] & REDUCED) != 0));
    in.seek(start + count * entryBytes());
    return offset();
  }

  private int entryBytes() {
    return big ? 20 : 12;
  }

  private long offset() throws IOException {
    return big ? in.readLong() : in.readUnsignedInt();
  }

  private long value() throws IOException {
    int type = in.readUnsignedShort();
    offset(); // one
    return type == 3 ? in.readUnsignedShort() : in.readUnsignedInt();
  }

  private void readOffsets(List<Long> below) throws IOException {
    int type = in.readUnsignedShort();
    long count = offset();
    int bytes = type == 16 || type == 18 ? 8 : 4;
    if (count * bytes > (big ? 8 : 4)) {
      in.seek(offset());
    }
    for (int i = 0; i < Math.min(count, MOST_BELOW); i++) {
      below.add(bytes == 8 ? in.readLong() : in.readUnsignedInt());
    }
  }
}
