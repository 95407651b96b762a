package slipway.media.pictures;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The readers of picture formats: the JDK's, and those that the application brings. ImageIO's own
 * registry is of the whole JVM and never forgets a plug-in's class, so that a redeployed
 * application could not be unloaded: ours stand in a registry of their own.
 */
public final class Codecs {
  private final ServiceRegistry registry =
      new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
  private final Map<String, ImageReaderSpi> readers = new HashMap<>();
  private final ImageReaderSpi plainJpeg;

  /** All that there are. */
  public Codecs() {
    for (Iterator<ImageReaderSpi> all =
            registryOfTheJvm().getServiceProviders(ImageReaderSpi.class, false);
        all.hasNext(); ) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getModule().getName() != null) {
        add(spi);
      }
    }
    plainJpeg = readers.get("image/jpeg");
    add(new JPEGImageReaderSpi());
    add(new TIFFImageReaderSpi());
    add(new WebPImageReaderSpi());
  }

  /** It is made at first use, with the plug-ins that the thread's class loader sees: not ours. */
  private static IIORegistry registryOfTheJvm() {
    Thread thread = Thread.currentThread();
    ClassLoader application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return IIORegistry.getDefaultInstance();
    } finally {
      thread.setContextClassLoader(application);
    }
  }

  /** Adds a reader, in the place of an earlier one of its formats. */
  private void add(ImageReaderSpi spi) {
    registry.registerServiceProvider(spi, ImageReaderSpi.class);
    for (String type : spi.getMIMETypes()) {
      readers.put(type, spi);
    }
  }

  /** A new reader, to be disposed of; null when there is none for that MIME type. */
  ImageReader reader(String contentType) throws IOException {
    ImageReaderSpi spi = readers.get(contentType);
    return spi == null ? null : spi.createReaderInstance();
  }

  /** A new reader of the JDK's for plain JPEGs, to be disposed of. */
  ImageReader plainJpegReader() throws IOException {
    return plainJpeg.createReaderInstance();
  }
}
