package slipway.media.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;

/**
 * A file as a picture: what renditions are made from. It carries no metadata of the file.
 *
 * @param image upright, in sRGB, 8 bits, as wide as was asked for at most unless it would be too
 *     low; with alpha only where something shows through
 * @param facts of the file; width and height are there
 */
public record Preview(BufferedImage image, MediaFacts facts) {
  private static final double QUALITY = 0.85;
  private static final int MOST_HEIGHT = 65_500;

  /**
   * Writes a rendition as a file: JPEG, or PNG where the picture has alpha.
   *
   * @param width pixels; of a picture that is far higher than wide, less when it must be
   * @param height pixels, likewise
   * @param crop whether to cut what does not fit, from the middle; false when width and height have
   *     the picture's own proportions
   * @param out gets the file; it is not closed
   */
  public void rendition(int width, int height, boolean crop, OutputStream out) throws IOException {
    var scaled = Thumbnails.of(image);
    (crop
            ? scaled.size(width, height).crop(Positions.CENTER)
            : scaled
                .size(fit(width, height, width), fit(width, height, height))
                .keepAspectRatio(false))
        .outputFormat(image.getColorModel().hasAlpha() ? "png" : "jpg")
        .outputQuality(QUALITY)
        .toOutputStream(out);
  }

  /** A side of a rendition, when it is made no larger than the image nor than a JPEG can be. */
  private int fit(int width, int height, int side) {
    double most = Math.min((double) image.getWidth() / width, (double) MOST_HEIGHT / height);
    return most >= 1 ? side : (int) Math.max(1, Math.round(side * most));
  }
}
