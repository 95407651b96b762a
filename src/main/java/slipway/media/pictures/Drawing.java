package slipway.media.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/**
 * A picture that is to be decoded. Of a file that was cut off or is broken somewhere, what comes
 * before that is drawn.
 *
 * @param reader has the input
 * @param contentType MIME type by content
 * @param page which of the file's pictures
 */
record Drawing(ImageReader reader, String contentType, int page) {
  /** Types whose decoders give up where they cannot continue, and draw line by line until then. */
  private static final Set<String> GIVEN_UP = Set.of("image/png", "image/bmp", "image/gif");

  /** Every n-th pixel of every n-th line. */
  BufferedImage every(int step) throws IOException {
    int width = reader.getWidth(page);
    int height = reader.getHeight(page);
    int across = Math.min(step, width);
    int down = Math.min(step, height);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(across, down, 0, 0);
    if (!GIVEN_UP.contains(contentType)) {
      return reader.read(page, param);
    }
    BufferedImage drawn =
        reader
            .getImageTypes(page)
            .next()
            .createBufferedImage((width + across - 1) / across, (height + down - 1) / down);
    param.setDestination(drawn);
    AtomicBoolean begun = new AtomicBoolean();
    reader.addIIOReadUpdateListener(learning(begun));
    try {
      return reader.read(page, param);
    } catch (IOException | RuntimeException e) {
      if (!begun.get()) {
        throw e;
      }
      return drawn;
    }
  }

  /** A listener that learns whether something was drawn. */
  private static IIOReadUpdateListener learning(AtomicBoolean begun) {
    return (IIOReadUpdateListener)
        Proxy.newProxyInstance(
            Drawing.class.getClassLoader(),
            new Class<?>[] {IIOReadUpdateListener.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("imageUpdate")) {
                begun.set(true);
              }
              return null;
            });
  }
}
