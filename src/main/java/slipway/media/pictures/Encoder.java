package slipway.media.pictures;

import java.awt.color.ColorSpace;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes pictures as files, with the JDK's encoders, each of which is kept for the next picture.
 */
final class Encoder {
  private static final float QUALITY = 0.85f;

  private ImageWriter jpeg;
  private ImageWriter png;

  /** Writes a JPEG, or a PNG where there is alpha, which carries nothing but its pixels. */
  void write(Pixels pixels, OutputStream out) throws IOException {
    ImageWriter writer = writer(pixels.hasAlpha());
    try (ImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(to);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
      writer.write(null, new IIOImage(pixels.image(srgb), null, null), param);
    } finally {
      writer.reset();
    }
  }

  private ImageWriter writer(boolean isPng) throws IOException {
    if (isPng) {
      png = png == null ? writer("image/png") : png;
      return png;
    }
    jpeg = jpeg == null ? writer("image/jpeg") : jpeg;
    return jpeg;
  }

  private static ImageWriter writer(String type) throws IOException {
    for (var all = ImageIO.getImageWritersByMIMEType(type); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getModule().isNamed()) {
        return writer;
      }
    }
    throw new IOException("The JDK has no encoder for " + type);
  }
}
