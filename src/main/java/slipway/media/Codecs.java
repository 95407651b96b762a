package slipway.media;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The readers of picture formats: the JDK's, and those that the application brings. ImageIO keeps
 * its plug-ins for the whole JVM, so that ours are signed off at the end, or a redeployed
 * application could never be unloaded.
 */
final class Codecs implements AutoCloseable {
  private final IIORegistry registry = IIORegistry.getDefaultInstance();
  private final Map<String, ImageReaderSpi> readers = new HashMap<>();

  Codecs() {
    for (Iterator<ImageReaderSpi> all = registry.getServiceProviders(ImageReaderSpi.class, false);
        all.hasNext(); ) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getModule().getName() != null) {
        add(spi);
      }
    }
    for (ImageReaderSpi spi :
        List.of(new JPEGImageReaderSpi(), new TIFFImageReaderSpi(), new WebPImageReaderSpi())) {
      registry.registerServiceProvider(spi);
      add(spi);
    }
  }

  private void add(ImageReaderSpi spi) {
    for (String type : spi.getMIMETypes()) {
      readers.put(type, spi);
    }
  }

  /** A new reader, to be disposed of; null when there is none for that MIME type. */
  ImageReader reader(String contentType) throws IOException {
    ImageReaderSpi spi = readers.get(contentType);
    return spi == null ? null : spi.createReaderInstance();
  }

  @Override
  public void close() {
    for (Iterator<Class<?>> kinds = registry.getCategories(); kinds.hasNext(); ) {
      deregister(kinds.next());
    }
  }

  /** ImageIO may have found more of the application's plug-ins by itself than it was told of. */
  private void deregister(Class<?> kind) {
    ClassLoader application = JPEGImageReaderSpi.class.getClassLoader();
    List<Object> found = new ArrayList<>();
    registry.getServiceProviders(kind, false).forEachRemaining(found::add);
    found.removeIf(provider -> provider.getClass().getClassLoader() != application);
    found.forEach(registry::deregisterServiceProvider);
  }
}
