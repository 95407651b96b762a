package slipway.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;

/**
 * A file as a picture: what renditions are made from. It carries no metadata of the file.
 *
 * @param image upright, in sRGB, 8 bits, at most as wide as was asked for; with alpha only where
 *     something shows through
 * @param width pixels of the file as shown, upright
 * @param height pixels of the file as shown, upright
 * @param durationMillis length of a video; null for a picture or when not known
 * @param takenAt when the camera took it; null when the file does not say
 */
public record Preview(
    BufferedImage image, int width, int height, Long durationMillis, Instant takenAt) {
  private static final double QUALITY = 0.85;

  /**
   * A rendition as a file: JPEG, or PNG where the picture has alpha.
   *
   * @param width pixels
   * @param height pixels
   * @param crop whether to cut what does not fit, from the middle; false when width and height have
   *     the picture's own proportions
   */
  public byte[] rendition(int width, int height, boolean crop) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var scaled = Thumbnails.of(image).size(width, height);
    (crop ? scaled.crop(Positions.CENTER) : scaled.keepAspectRatio(false))
        .outputFormat(image.getColorModel().hasAlpha() ? "png" : "jpg")
        .outputQuality(QUALITY)
        .toOutputStream(bytes);
    return bytes.toByteArray();
  }
}
