package slipway.media.pictures;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A picture in memory: red, green, blue, and opacity where there is one, a byte each, which follow
 * one another. Encoders take this form as it is.
 *
 * @param samples of each pixel, 3 or 4
 */
record Pixels(int width, int height, int samples, byte[] bytes) {
  private static final int OPAQUE = 255;
  private static final int[][] BANDS = {{0, 1, 2}, {0, 1, 2, 3}};

  static Pixels empty(int width, int height, int samples) {
    return new Pixels(
        width,
        height,
        samples,
        new byte[Math.multiplyExact(Math.multiplyExact(width, height), samples)]);
  }

  /** Whether something may show through. */
  boolean hasAlpha() {
    return samples == 4;
  }

  /** A part of it in another size. */
  Pixels scaled(Window part, int newWidth, int newHeight) {
    return scaled(new PixelLines.OfPixels(this, part), Shape.of(newWidth, newHeight));
  }

  /** A picture in another size, and upright. */
  static Pixels scaled(PixelLines lines, Shape shape) {
    Pixels made = shape.pixels(lines.hasAlpha() ? 4 : 3);
    Plane all = shape.plane(made);
    long[] colours = new long[lines.width()];
    long[] opacities = lines.hasAlpha() ? new long[lines.width()] : null;
    Shrink colour = new Shrink(lines.width(), lines.height(), shape, all.part(0, 3));
    Shrink opacity =
        lines.hasAlpha() ? new Shrink(lines.width(), lines.height(), shape, all.part(3, 1)) : null;
    for (int y = 0; y < lines.height(); y++) {
      lines.read(y, colours, opacities);
      colour.take(colours);
      if (opacity != null) {
        opacity.take(opacities);
      }
    }
    made.divideByOpacity();
    return made;
  }

  private void divideByOpacity() {
    if (!hasAlpha()) {
      return;
    }
    for (int at = 0; at < bytes.length; at += 4) {
      int opacity = bytes[at + 3] & 0xff;
      for (int i = at; i < at + 3 && opacity != OPAQUE; i++) {
        int sample = ((bytes[i] & 0xff) * OPAQUE + opacity / 2) / Math.max(1, opacity);
        bytes[i] = (byte) (opacity == 0 ? 0 : Math.min(OPAQUE, sample));
      }
    }
  }

  /** The same without opacity when nothing shows through, so that it can be a JPEG. */
  Pixels withoutNeedlessAlpha() {
    if (!hasAlpha() || showsThrough()) {
      return this;
    }
    Pixels opaque = empty(width, height, 3);
    for (int from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
      System.arraycopy(bytes, from, opaque.bytes, to, 3);
    }
    return opaque;
  }

  private boolean showsThrough() {
    for (int at = 3; at < bytes.length; at += 4) {
      if ((bytes[at] & 0xff) != OPAQUE) {
        return true;
      }
    }
    return false;
  }

  /** The same bytes as an image of these colours. */
  BufferedImage image(ColorSpace colours) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(bytes, bytes.length),
            width,
            height,
            width * samples,
            samples,
            BANDS[samples - 3],
            new Point());
    ComponentColorModel model =
        new ComponentColorModel(
            colours,
            hasAlpha(),
            false,
            hasAlpha() ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }
}
