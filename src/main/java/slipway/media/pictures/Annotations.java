package slipway.media.pictures;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What a file says about its picture, beside the picture. Only the formats of cameras are asked.
 *
 * @param exif what the camera wrote
 * @param profile the colour profile, where the decoder does not apply it itself; else null
 */
record Annotations(Exif exif, ICC_Profile profile) {
  /** The same, with another's profile where there is none here. */
  Annotations orProfileOf(Annotations other) {
    return new Annotations(exif, profile == null ? other.profile : profile);
  }

  static Annotations of(PictureFile file, String contentType) throws IOException {
    return switch (contentType) {
      case "image/jpeg", "image/webp", "image/tiff", "image/x-raw-adobe" ->
          new Annotations(Exif.of(metadata(file, contentType)), null);
      case "image/png" -> PngChunks.read(file);
      default -> new Annotations(Exif.of(new Metadata()), null);
    };
  }

  private static Metadata metadata(PictureFile file, String contentType) throws IOException {
    try (InputStream in = file.stream()) {
      return switch (contentType) {
        // Segments of other kinds are not kept: there may be as many as the file is long.
        case "image/jpeg" -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
        case "image/webp" -> WebpMetadataReader.readMetadata(in);
        default -> tiff(file);
      };
    } catch (ImageProcessingException e) {
      return new Metadata();
    }
  }

  /** It is most often behind the picture, so that what is before it is not to be kept. */
  private static Metadata tiff(PictureFile file) throws IOException {
    Metadata metadata = new Metadata();
    new ExifReader().extract(new TiffBytes(file), metadata);
    return metadata;
  }
}
