package slipway.media.pictures;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an HEIC or AVIF file says about its picture (ISO/IEC 23008-12). Of the many pictures that a
 * phone puts into one file (tiles, thumbnails, depth) only the primary one counts. No more is read
 * than such a file needs, whatever its boxes claim.
 */
final class HeifFile {
  private static final Set<String> TYPES =
      Set.of(
          "image/heic",
          "image/heif",
          "image/avif",
          "image/heic-sequence",
          "image/heif-sequence",
          "image/avif-sequence");
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_BOXES = 64;

  private final PictureFile file;
  private final ByteBuffer metaContent;
  private long metaAt;

  private HeifFile(PictureFile file) throws IOException {
    this.file = file;
    this.metaContent = metaBox();
    metaContent.position(Math.min(4, metaContent.limit())); // version and flags
  }

  /** The boxes in {@code meta}, not read yet. */
  private List<Box> meta() {
    return Box.in(metaContent.duplicate());
  }

  /** What a file of that type says; nothing when it is of another, or broken. */
  static MediaFacts facts(PictureFile file, String contentType) throws IOException {
    if (!TYPES.contains(contentType)) {
      return MediaFacts.NONE;
    }
    try {
      return new HeifFile(file).facts();
    } catch (RuntimeException e) {
      // What a broken file leads to has no common type.
      return MediaFacts.NONE;
    }
  }

  private MediaFacts facts() throws IOException {
    MediaFacts size = properties().map(HeifProperties::size).orElse(MediaFacts.NONE);
    return new MediaFacts(size.width(), size.height(), null, exif().takenAt());
  }

  private Optional<HeifProperties> properties() {
    return HeifProperties.of(meta());
  }

  /** What a file says beside its picture, which is upright and cut already once it is decoded. */
  static Annotations beside(PictureFile file) throws IOException {
    try {
      HeifFile heif = new HeifFile(file);
      ICC_Profile colours = heif.properties().map(HeifProperties::codedColours).orElse(null);
      return new Annotations(new Exif(1, heif.exif().takenAt()), colours);
    } catch (RuntimeException e) {
      return new Annotations(new Exif(1, null), null);
    }
  }

  /** Whether a part of the picture may show through. */
  static boolean hasAlpha(PictureFile file) throws IOException {
    try {
      return new HeifFile(file).properties().map(HeifProperties::hasAlpha).orElse(false);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Makes what a program is to decode in place of the file, if that cannot be the file itself. */
  static void copy(PictureFile file, Path original, Path copy)
      throws IOException, NoPreviewException {
    try {
      HeifFile heif = new HeifFile(file);
      HeifCopy.make(file, original, heif.meta(), heif.metaAt, copy);
    } catch (RuntimeException e) {
      throw NoPreviewException.undecodable(e);
    }
  }

  /** The content of the one box {@code meta} among the file's own. */
  private ByteBuffer metaBox() throws IOException {
    long size = file.size();
    long position = 0;
    for (int i = 0; i < MOST_BOXES && position <= size - 16; i++) {
      ByteBuffer head = read(position, 16);
      long said = Integer.toUnsignedLong(head.getInt());
      String type = Box.type(head);
      int header = said == 1 ? 16 : 8;
      long length = said == 1 ? head.getLong() : said == 0 ? size - position : said;
      if (type.equals("meta")) {
        metaAt = position + header;
        return read(metaAt, length - header);
      }
      // A length may be any number of 64 bits.
      position += Math.max(header, Math.min(length, size));
    }
    return ByteBuffer.allocate(0);
  }

  private Exif exif() throws IOException {
    Metadata metadata = new Metadata();
    Optional<HeifItems.Place> place = HeifItems.of(meta()).flatMap(items -> items.place("Exif"));
    if (place.isPresent()) {
      // A number first: where the TIFF header begins (A.2.1).
      ByteBuffer item = read(place.get().offset(), place.get().length());
      int start = 4 + item.getInt();
      new ExifReader().extract(new ByteArrayReader(item.array(), start), metadata);
    }
    return Exif.of(metadata);
  }

  /** Some bytes of the file, fewer when it ends before, and never more than is allowed. */
  private ByteBuffer read(long position, long length) throws IOException {
    long there = position < 0 ? 0 : Math.max(0, Math.min(length, file.size() - position));
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(there, MOST_BYTES));
    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
      // More may follow.
    }
    return bytes.flip();
  }
}
