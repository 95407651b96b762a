package slipway.media.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** The lines of a picture, as they are scaled. */
interface PixelLines {
  int width();

  int height();

  boolean hasAlpha();

  /**
   * Reads a line.
   *
   * @param colours gets red, green and blue, as {@link Lanes}; as much of them as is opaque
   * @param opacities gets the opacity of each pixel; null where there is none
   */
  void read(int y, long[] colours, long[] opacities);

  /** A pixel whose opacity goes to its place, and whose colours are returned. */
  static long pixel(int red, int green, int blue, int opacity, long[] opacities, int x) {
    opacities[x] = opacity;
    return opacity == 255
        ? Lanes.of(red, green, blue)
        : Lanes.of(part(red, opacity), part(green, opacity), part(blue, opacity));
  }

  private static int part(int sample, int opacity) {
    return (sample * opacity + 127) / 255;
  }

  /** Those of a part of a picture. */
  record OfPixels(Pixels all, Window part) implements PixelLines {
    @Override
    public int width() {
      return part.width();
    }

    @Override
    public int height() {
      return part.height();
    }

    @Override
    public boolean hasAlpha() {
      return all.hasAlpha();
    }

    @Override
    public void read(int y, long[] colours, long[] opacities) {
      int at = ((part.top() + y) * all.width() + part.left()) * all.samples();
      bytes(all.bytes(), at, part.width(), colours, opacities);
    }
  }

  /** Reads pixels of three bytes, or of four where there are opacities. */
  private static void bytes(byte[] bytes, int from, int count, long[] colours, long[] opacities) {
    int at = from;
    for (int x = 0; x < count; x++) {
      int red = bytes[at] & 0xff;
      int green = bytes[at + 1] & 0xff;
      int blue = bytes[at + 2] & 0xff;
      if (opacities == null) {
        colours[x] = Lanes.of(red, green, blue);
        at += 3;
      } else {
        colours[x] = pixel(red, green, blue, bytes[at + 3] & 0xff, opacities, x);
        at += 4;
      }
    }
  }

  /** Those of an image of bytes: red, green and blue, and opacity where it has one. */
  record OfBytes(Raster raster, boolean hasAlpha, byte[] line) implements PixelLines {
    static OfBytes of(BufferedImage image) {
      Raster raster = image.getRaster();
      return new OfBytes(
          raster,
          image.getColorModel().hasAlpha(),
          new byte[raster.getWidth() * raster.getNumBands()]);
    }

    @Override
    public int width() {
      return raster.getWidth();
    }

    @Override
    public int height() {
      return raster.getHeight();
    }

    @Override
    public void read(int y, long[] colours, long[] opacities) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, line);
      bytes(line, 0, raster.getWidth(), colours, opacities);
    }
  }

  /** Those of an image of {@link BufferedImage#TYPE_INT_RGB} or {@code TYPE_INT_ARGB}. */
  record OfInts(BufferedImage image, int[] line) implements PixelLines {
    static OfInts of(BufferedImage image) {
      return new OfInts(image, new int[image.getWidth()]);
    }

    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public boolean hasAlpha() {
      return image.getColorModel().hasAlpha();
    }

    @Override
    public void read(int y, long[] colours, long[] opacities) {
      image.getRaster().getDataElements(0, y, line.length, 1, line);
      for (int x = 0; x < line.length; x++) {
        int red = line[x] >> 16 & 0xff;
        int green = line[x] >> 8 & 0xff;
        int blue = line[x] & 0xff;
        colours[x] =
            opacities == null
                ? Lanes.of(red, green, blue)
                : pixel(red, green, blue, line[x] >>> 24, opacities, x);
      }
    }
  }
}
