package slipway.media.pictures;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file says about its picture, beside the picture. Only the formats of cameras are asked.
 *
 * @param exif what the camera wrote
 * @param profile the colour profile, where the decoder does not apply it itself; else null
 */
record Annotations(Exif exif, ICC_Profile profile) {
  static Annotations of(Path file, String contentType, Bound bound) throws IOException {
    return switch (contentType) {
      case "image/jpeg", "image/tiff", "image/webp" -> new Annotations(exif(file, bound), null);
      case "image/png" -> PngChunks.read(file, bound);
      default -> new Annotations(Exif.of(new Metadata()), null);
    };
  }

  private static Exif exif(Path file, Bound bound) throws IOException {
    try (InputStream in = bound.open(file)) {
      return Exif.of(ImageMetadataReader.readMetadata(in, Files.size(file)));
    } catch (ImageProcessingException e) {
      return Exif.of(new Metadata());
    }
  }
}
