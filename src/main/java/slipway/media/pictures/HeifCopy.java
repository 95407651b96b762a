package slipway.media.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An HEIC or AVIF file for a program that decodes every picture that is not hidden, and takes no
 * file of sequences: a copy in which all but the primary one are hidden (ISO/IEC 23008-12, 6.4.2),
 * and which does not say that it is a sequence.
 */
final class HeifCopy {
  private static final long MOST_BYTES = 64L << 20;

  /** Brands of stills that such programs know. */
  private static final Set<String> STILLS = Set.of("mif1", "heic", "heix", "avif");

  private static final byte[] STILL = "mif1".getBytes(StandardCharsets.US_ASCII);
  private static final int MAJOR_BRAND_AT = 8;

  /** What is not picture by itself: metadata, and links to it. */
  private static final Set<String> NO_PICTURES = Set.of("Exif", "mime", "uri ");

  /** Small and auxiliary pictures, by the references from them to the one that they belong to. */
  private static final Set<String> BELONGING = Set.of("thmb", "auxl");

  private final List<Box> meta;
  private final long metaAt;

  /** What is to be written, by its place in the file. */
  private final Map<Long, byte[]> changes = new TreeMap<>();

  private HeifCopy(List<Box> meta, long metaAt) {
    this.meta = meta;
    this.metaAt = metaAt;
  }

  /**
   * Makes the copy, if one is needed.
   *
   * @param meta the boxes in {@code meta}, not read yet
   * @param metaAt where in the file the bytes begin that these are slices of
   */
  static void make(PictureFile file, Path original, List<Box> meta, long metaAt, Path copy)
      throws IOException, NoPreviewException {
    HeifCopy made = new HeifCopy(meta, metaAt);
    ByteBuffer brand = ByteBuffer.allocate(4);
    file.read(brand, MAJOR_BRAND_AT);
    if (!STILLS.contains(Box.type(brand.rewind()))) {
      made.changes.put((long) MAJOR_BRAND_AT, STILL);
    }
    made.hideOthers();
    if (made.changes.isEmpty()) {
      return;
    }
    if (file.size() > MOST_BYTES) {
      throw NoPreviewException.broken(
          "The file has more than one picture, and is too large to be copied.");
    }
    made.write(original, copy);
  }

  private void hideOthers() {
    Optional<Box> infos = Box.first(meta, "iinf");
    long primary = HeifProperties.primaryItem(meta).orElse(-1L);
    if (infos.isEmpty() || primary < 0) {
      return;
    }
    Set<Long> belonging = belonging();
    infos.get().number(infos.get().versionAndFlags() >>> 24 == 0 ? 2 : 4);
    for (Box entry : Box.in(infos.get().content())) {
      int flagsAt = entry.content().arrayOffset() + 3;
      int head = entry.versionAndFlags();
      long item = entry.number(head >>> 24 == 2 ? 2 : 4);
      entry.number(2); // protection
      boolean isPicture = head >>> 24 >= 2 && !NO_PICTURES.contains(Box.type(entry.content()));
      boolean isHidden = (head & 1) != 0;
      if (isPicture && !belonging.contains(item) && isHidden == (item == primary)) {
        changes.put(metaAt + flagsAt, new byte[] {(byte) ((head & 0xff) ^ 1)});
      }
    }
  }

  private Set<Long> belonging() {
    Set<Long> items = new HashSet<>();
    Box.first(meta, "iref")
        .ifPresent(
            box -> {
              int idBytes = box.versionAndFlags() >>> 24 == 0 ? 2 : 4;
              for (Box reference : Box.in(box.content())) {
                if (BELONGING.contains(reference.type())) {
                  items.add(reference.number(idBytes));
                }
              }
            });
    return items;
  }

  private void write(Path original, Path copy) throws IOException {
    Files.copy(original, copy);
    try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (Map.Entry<Long, byte[]> change : changes.entrySet()) {
        ByteBuffer bytes = ByteBuffer.wrap(change.getValue());
        long at = change.getKey();
        while (bytes.hasRemaining()) {
          at += out.write(bytes, at);
        }
      }
    }
  }
}
