package slipway.media.pictures;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes a JPEG and scales it line by line, so that it is never in memory as a whole (a
 * progressive one is, with the decoder). What the decoder takes for the memory of its picture
 * passes each line on and keeps none.
 */
final class JpegLines extends WritableRaster {
  private static final int[] RGB = {0, 1, 2};

  private final Shrink shrink;

  /** Passes through the picture that are still to come; 0 in the last. */
  private int passes;

  private int next;

  private JpegLines(int width, int height, Shrink shrink, int passes) {
    super(
        new PixelInterleavedSampleModel(DataBuffer.TYPE_BYTE, width, height, 3, 3 * width, RGB),
        new DataBufferByte(1),
        new Point());
    this.shrink = shrink;
    this.passes = passes;
  }

  /**
   * The picture in another size, and upright.
   *
   * @param reader the JDK's, which is disposed of
   * @param scans through the whole picture: the decoder makes one of each
   * @throws IOException when the decoder does not come to its end
   */
  static Pixels scaled(ImageReader reader, JpegHead head, int scans, PictureFile file, Shape shape)
      throws IOException {
    Pixels made = shape.pixels(3);
    Shrink shrink = new Shrink(head.width(), head.height(), shape, shape.plane(made));
    try (JpegInput in = new JpegInput(head, file)) {
      reader.setInput(in, false, true);
      JpegLines lines = new JpegLines(head.width(), head.height(), shrink, scans);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestination(lines.image());
      reader.read(0, param);
      if (lines.next != head.height()) {
        throw new IOException("The decoder passed " + lines.next + " lines on");
      }
    } finally {
      reader.dispose();
    }
    return made;
  }

  private BufferedImage image() {
    ColorSpace colours = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    return new BufferedImage(
        new ComponentColorModel(colours, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE),
        this,
        false,
        null);
  }

  /** The decoder has its next line. What it has before the last pass is not looked at. */
  @Override
  public void setRect(int x, int y, Raster line) {
    if (y == 0) {
      passes--;
      next = 0;
      shrink.restart();
    }
    if (passes > 0) {
      return;
    }
    if (x != 0 || y != next || line.getHeight() != 1 || line.getWidth() != getWidth()) {
      throw new IllegalStateException("Another line comes than line " + next + ": " + y);
    }
    shrink.take(((DataBufferByte) line.getDataBuffer()).getData());
    next++;
  }
}
