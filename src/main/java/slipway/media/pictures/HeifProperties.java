package slipway.media.pictures;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a file's primary picture (ISO/IEC 23008-12, 6.5 and 9.3).
 *
 * @param boxes one for each property
 * @param hasAlpha whether something in the file may show through
 */
record HeifProperties(List<Box> boxes, boolean hasAlpha) {
  private static final List<String> ALPHA =
      List.of("urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha");

  /** Those of the primary picture; empty when the file does not say which that is. */
  static Optional<HeifProperties> of(List<Box> meta) {
    Optional<Long> primary = primaryItem(meta);
    Optional<Box> properties = Box.first(meta, "iprp");
    if (primary.isEmpty() || properties.isEmpty()) {
      return Optional.empty();
    }
    long item = primary.get();
    List<Box> children = Box.in(properties.get().content());
    List<Box> all = Box.first(children, "ipco").map(box -> Box.in(box.content())).orElse(List.of());
    List<Box> own = new ArrayList<>();
    Box.first(children, "ipma").ifPresent(box -> associate(box, item, all, own));
    boolean alpha = all.stream().anyMatch(HeifProperties::isAlpha);
    return Optional.of(new HeifProperties(own, alpha));
  }

  /** The number of the primary picture; empty when the file does not say which that is. */
  static Optional<Long> primaryItem(List<Box> meta) {
    return Box.first(meta, "pitm")
        .map(box -> box.number(box.versionAndFlags() >>> 24 == 0 ? 2 : 4));
  }

  /** Whether it says of a picture that it tells where another one shows through (6.6.2.1). */
  private static boolean isAlpha(Box property) {
    byte[] content = new byte[property.content().remaining()];
    property.content().get(property.content().position(), content);
    String said = new String(content, StandardCharsets.ISO_8859_1);
    return property.type().equals("auxC") && ALPHA.stream().anyMatch(said::contains);
  }

  /** Adds the properties that a box {@code ipma} gives to an item: numbers, from 1. */
  private static void associate(Box ipma, long item, List<Box> all, List<Box> own) {
    int head = ipma.versionAndFlags();
    long entries = ipma.number(4);
    for (long entry = 0; entry < entries; entry++) {
      boolean isItem = ipma.number(head >>> 24 == 0 ? 2 : 4) == item;
      long count = ipma.number(1);
      for (long i = 0; i < count; i++) {
        boolean isLong = (head & 1) != 0;
        int index = (int) ipma.number(isLong ? 2 : 1) & (isLong ? 0x7fff : 0x7f);
        if (isItem && index >= 1 && index <= all.size()) {
          own.add(all.get(index - 1));
        }
      }
    }
  }

  /**
   * Width and height as shown: {@code ispe}, cut by {@code clap}, turned by {@code irot} in steps
   * of 90 degrees.
   */
  MediaFacts size() {
    Optional<Box> extents = Box.first(boxes, "ispe");
    if (extents.isEmpty()) {
      return MediaFacts.NONE;
    }
    extents.get().versionAndFlags();
    int width = (int) Math.min(extents.get().number(4), Integer.MAX_VALUE);
    int height = (int) Math.min(extents.get().number(4), Integer.MAX_VALUE);
    Optional<Box> aperture = Box.first(boxes, "clap");
    if (aperture.isPresent()) {
      width = cut(aperture.get(), width);
      height = cut(aperture.get(), height);
    }
    boolean sideways = Box.first(boxes, "irot").map(box -> box.number(1) % 2 == 1).orElse(false);
    return new MediaFacts(sideways ? height : width, sideways ? width : height, null, null);
  }

  /** A side of what is shown, as a fraction (ISO/IEC 14496-12, 12.1.4.3). */
  private static int cut(Box aperture, int side) {
    long numerator = aperture.number(4);
    long denominator = aperture.number(4);
    long shown = denominator == 0 ? side : numerator / denominator;
    return shown < 1 ? side : (int) Math.min(shown, side);
  }

  /** What its red, green and blue mean, where numbers say so and no profile; null for sRGB. */
  ICC_Profile codedColours() {
    for (Box box : boxes) {
      if (!box.type().equals("colr")) {
        continue;
      }
      ByteBuffer content = box.content().duplicate();
      if (!Box.type(content).equals("nclx")) {
        return null; // The decoded picture has the profile.
      }
    }
    return boxes.stream()
        .filter(box -> box.type().equals("colr"))
        .findFirst()
        .map(
            box -> {
              box.number(4); // nclx
              int primaries = (int) box.number(2);
              return CodedColours.profile(primaries, (int) box.number(2));
            })
        .orElse(null);
  }
}
