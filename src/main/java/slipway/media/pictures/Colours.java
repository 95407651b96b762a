package slipway.media.pictures;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/** Brings pictures to sRGB, 8 bits a channel, with alpha or without. */
final class Colours {
  private Colours() {}

  /**
   * A picture in sRGB and another size, and upright.
   *
   * @param profile what the picture's red, green and blue mean; null when the picture says itself
   */
  static Pixels scaled(BufferedImage image, ICC_Profile profile, Shape shape) {
    BufferedImage meant = applies(profile, image) ? withProfile(image, profile) : image;
    ColorModel model = meant.getColorModel();
    return areRgbBytes(meant)
        ? toSrgb(Pixels.scaled(PixelLines.OfBytes.of(meant), shape), model.getColorSpace())
        : Pixels.scaled(PixelLines.OfInts.of(toSrgb(meant)), shape);
  }

  private static boolean applies(ICC_Profile profile, BufferedImage image) {
    return profile != null
        && profile.getColorSpaceType() == ColorSpace.TYPE_RGB
        && image.getColorModel() instanceof ComponentColorModel
        && image.getColorModel().getNumColorComponents() == 3;
  }

  /** Whether it can be scaled as it is, and its few pixels be brought to sRGB then. */
  private static boolean areRgbBytes(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return model instanceof ComponentColorModel
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && model.getColorSpace().getType() == ColorSpace.TYPE_RGB
        && model.getNumColorComponents() == 3
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == 8)
        && image.getRaster().getNumBands() == model.getNumComponents()
        && !model.isAlphaPremultiplied();
  }

  /**
   * The same picture in sRGB.
   *
   * @param profile what its red, green and blue mean; null for sRGB
   */
  static Pixels toSrgb(Pixels pixels, ICC_Profile profile) {
    return profile == null || profile.getColorSpaceType() != ColorSpace.TYPE_RGB
        ? pixels
        : toSrgb(pixels, new ICC_ColorSpace(profile));
  }

  private static Pixels toSrgb(Pixels pixels, ColorSpace space) {
    if (space.isCS_sRGB()) {
      return pixels;
    }
    BufferedImage image = pixels.image(space);
    BufferedImage srgb = new ColorConvertOp(null).filter(image, like(image));
    return Pixels.scaled(PixelLines.OfInts.of(srgb), Shape.of(pixels.width(), pixels.height()));
  }

  private static BufferedImage withProfile(BufferedImage image, ICC_Profile profile) {
    ColorModel before = image.getColorModel();
    ColorModel model =
        new ComponentColorModel(
            new ICC_ColorSpace(profile),
            before.hasAlpha(),
            false,
            before.getTransparency(),
            before.getTransferType());
    return new BufferedImage(model, image.getRaster(), false, null);
  }

  private static BufferedImage toSrgb(BufferedImage image) {
    ColorSpace space = image.getColorModel().getColorSpace();
    boolean indexed = image.getType() == BufferedImage.TYPE_BYTE_INDEXED;
    if (space.getType() == ColorSpace.TYPE_GRAY && !indexed) {
      return fromGray(image);
    }
    BufferedImage srgb = like(image);
    if (space.isCS_sRGB()) {
      Graphics2D graphics = srgb.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
      return srgb;
    }
    return new ColorConvertOp(null).filter(image, srgb);
  }

  private static BufferedImage like(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    return new BufferedImage(image.getWidth(), image.getHeight(), type);
  }

  /** Takes grey levels as they are: Java's grey is linear, which no file's is. */
  private static BufferedImage fromGray(BufferedImage image) {
    BufferedImage srgb = like(image);
    Raster raster = image.getRaster();
    boolean alpha = image.getColorModel().hasAlpha();
    int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int[] samples = new int[raster.getNumBands() * raster.getWidth()];
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, samples);
      for (int x = 0; x < row.length; x++) {
        int at = x * raster.getNumBands();
        int level = samples[at] * 255 / most;
        int opacity = alpha ? samples[at + 1] * 255 / most : 255;
        row[x] = opacity << 24 | level << 16 | level << 8 | level;
      }
      srgb.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return srgb;
  }
}
