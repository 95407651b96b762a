package slipway.media.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a file's primary picture (ISO/IEC 23008-12, 6.5 and 9.3).
 *
 * @param boxes one for each property
 */
record HeifProperties(List<Box> boxes) {
  /** Those of the primary picture; empty when the file does not say which that is. */
  static Optional<HeifProperties> of(List<Box> meta) {
    Optional<Box> primary = Box.first(meta, "pitm");
    Optional<Box> properties = Box.first(meta, "iprp");
    if (primary.isEmpty() || properties.isEmpty()) {
      return Optional.empty();
    }
    int version = primary.get().versionAndFlags() >>> 24;
    long item = primary.get().number(version == 0 ? 2 : 4);
    List<Box> children = Box.in(properties.get().content());
    List<Box> all = Box.first(children, "ipco").map(box -> Box.in(box.content())).orElse(List.of());
    List<Box> own = new ArrayList<>();
    Box.first(children, "ipma").ifPresent(box -> associate(box, item, all, own));
    return Optional.of(new HeifProperties(own));
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

  /** Width and height as shown: {@code ispe}, turned by {@code irot} in steps of 90 degrees. */
  MediaFacts size() {
    Optional<Box> extents = Box.first(boxes, "ispe");
    if (extents.isEmpty()) {
      return MediaFacts.NONE;
    }
    extents.get().versionAndFlags();
    int width = (int) Math.min(extents.get().number(4), Integer.MAX_VALUE);
    int height = (int) Math.min(extents.get().number(4), Integer.MAX_VALUE);
    boolean sideways = Box.first(boxes, "irot").map(box -> box.number(1) % 2 == 1).orElse(false);
    return new MediaFacts(sideways ? height : width, sideways ? width : height, null, null);
  }
}
