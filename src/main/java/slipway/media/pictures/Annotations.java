package slipway.media.pictures;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a file says about its picture, beside the picture. Only the formats of cameras are asked.
 *
 * @param exif what the camera wrote
 * @param profile the colour profile, where the decoder does not apply it itself; else null
 */
record Annotations(Exif exif, ICC_Profile profile) {
  static Annotations of(Path file, String contentType) throws IOException {
    return switch (contentType) {
      case "image/jpeg", "image/tiff", "image/webp" -> new Annotations(exif(file), null);
      case "image/png" -> PngChunks.read(file);
      default -> new Annotations(Exif.of(new Metadata()), null);
    };
  }

  private static Exif exif(Path file) throws IOException {
    try {
      return Exif.of(ImageMetadataReader.readMetadata(file.toFile()));
    } catch (ImageProcessingException e) {
      return Exif.of(new Metadata());
    }
  }
}
