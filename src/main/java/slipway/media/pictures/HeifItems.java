package slipway.media.pictures;

import java.util.List;
import java.util.Optional;

/**
 * The items of a file and where they are (ISO/IEC 14496-12, 8.11.3 and 8.11.6).
 *
 * @param infos the box {@code iinf}
 * @param locations the box {@code iloc}
 */
record HeifItems(Box infos, Box locations) {
  /**
   * Where an item is.
   *
   * @param offset in the file, in bytes
   * @param length bytes
   */
  record Place(long offset, long length) {}

  static Optional<HeifItems> of(List<Box> meta) {
    Optional<Box> infos = Box.first(meta, "iinf");
    Optional<Box> locations = Box.first(meta, "iloc");
    return infos.isPresent() && locations.isPresent()
        ? Optional.of(new HeifItems(infos.get(), locations.get()))
        : Optional.empty();
  }

  /** Where the first item of a type is; empty when there is none, or it is not in one piece. */
  Optional<Place> place(String type) {
    return number(type).flatMap(this::place);
  }

  private Optional<Long> number(String type) {
    int version = infos.versionAndFlags() >>> 24;
    infos.number(version == 0 ? 2 : 4);
    for (Box entry : Box.in(infos.content())) {
      int entryVersion = entry.versionAndFlags() >>> 24;
      long number = entry.number(entryVersion == 2 ? 2 : 4);
      entry.number(2); // protection
      if (entryVersion >= 2 && Box.type(entry.content()).equals(type)) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  private Optional<Place> place(long item) {
    int version = locations.versionAndFlags() >>> 24;
    int sizes = (int) locations.number(2);
    int indexBytes = version == 0 ? 0 : sizes & 15;
    long count = locations.number(version < 2 ? 2 : 4);
    for (long i = 0; i < count; i++) {
      long number = locations.number(version < 2 ? 2 : 4);
      long method = version == 0 ? 0 : locations.number(2) & 15;
      locations.number(2); // the file itself
      long base = locations.number(sizes >> 4 & 15);
      int extents = (int) locations.number(2);
      if (number == item && method == 0 && extents == 1) {
        locations.number(indexBytes);
        long offset = locations.number(sizes >> 12);
        return Optional.of(new Place(base + offset, locations.number(sizes >> 8 & 15)));
      }
      if (number == item) {
        return Optional.empty();
      }
      // At once, as there may be very many that are of no bytes.
      locations.skip(extents * (indexBytes + (sizes >> 12) + (sizes >> 8 & 15)));
    }
    return Optional.empty();
  }
}
