package slipway.media.pictures;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.time.Instant;
import java.util.Optional;

/**
 * What a camera wrote beside the picture (Exif 2.32, 4.6).
 *
 * @param orientation 1 to 8 (tag 0x0112); 1, upright, when not said or not valid
 * @param takenAt DateTimeOriginal, in UTC where no offset is given; null when not said
 */
record Exif(int orientation, Instant takenAt) {
  /** What the metadata say. */
  static Exif of(Metadata metadata) {
    return new Exif(orientation(metadata), takenAt(metadata).orElse(null));
  }

  boolean isSideways() {
    return orientation >= 5;
  }

  private static int orientation(Metadata metadata) {
    Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value =
        directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return value == null || value < 1 || value > 8 ? 1 : value;
  }

  private static Optional<Instant> takenAt(Metadata metadata) {
    return Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class))
        .flatMap(
            directory ->
                ExifTime.of(
                    directory.getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
                    directory.getString(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL),
                    directory.getString(ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL)));
  }
}
