package slipway.media.decoder;

import com.adobe.internal.xmp.XMPMetaFactory;
import com.drew.imaging.ImageMetadataReader;
import com.twelvemonkeys.image.ImageUtil;
import com.twelvemonkeys.imageio.ImageReaderBase;
import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.io.FastByteArrayOutputStream;
import com.twelvemonkeys.lang.Validate;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import slipway.media.pictures.DecoderMain;

/**
 * Where another JVM finds the classes of a decoder: in the folders and archives that our own come
 * from, or in copies, as a WAR that is not unpacked has no class path.
 */
final class DecoderClasses {
  /** One of each archive. */
  private static final List<Class<?>> PARTS =
      List.of(
          DecoderMain.class,
          JPEGImageReaderSpi.class,
          TIFFImageReaderSpi.class,
          WebPImageReaderSpi.class,
          ImageReaderBase.class,
          CompoundDirectory.class,
          Validate.class,
          FastByteArrayOutputStream.class,
          ImageUtil.class,
          ImageMetadataReader.class,
          XMPMetaFactory.class);

  private static final Pattern IN_WAR =
      Pattern.compile("(?:jar:|war:)*(file:.*?)[!*^]/(WEB-INF/(?:classes/|lib/[^/!]+)).*");
  private static final Pattern IN_JAR = Pattern.compile("jar:(file:.*)!/.*");
  private static final String OWN_CLASSES =
      "WEB-INF/classes/" + DecoderMain.class.getPackageName().replace('.', '/') + "/";

  /**
   * Where no copies are needed: to look for it again opens archives, and files may have run out.
   */
  private static volatile String found;

  private final Path copies;
  private boolean hasCopied;

  private DecoderClasses(Path copies) {
    this.copies = copies;
  }

  /**
   * The class path.
   *
   * @param folder gets the copies
   */
  static String path(Path folder) throws IOException {
    if (found != null) {
      return found;
    }
    DecoderClasses classes = new DecoderClasses(folder);
    StringBuilder path = new StringBuilder();
    for (Class<?> part : PARTS) {
      path.append(path.isEmpty() ? "" : File.pathSeparator).append(classes.place(part));
    }
    if (!classes.hasCopied) {
      found = path.toString();
    }
    return path.toString();
  }

  private Path place(Class<?> part) throws IOException {
    String name = part.getName().replace('.', '/') + ".class";
    URL url = part.getClassLoader().getResource(name);
    String address = String.valueOf(url);
    Matcher inWar = IN_WAR.matcher(address);
    if (inWar.matches()) {
      return copy(Path.of(URI.create(inWar.group(1))), inWar.group(2));
    }
    Matcher inJar = IN_JAR.matcher(address);
    if (inJar.matches()) {
      return Path.of(URI.create(inJar.group(1)));
    }
    if (address.startsWith("file:") && address.endsWith(name)) {
      return Path.of(URI.create(address.substring(0, address.length() - name.length())));
    }
    throw new IOException("The class " + part.getName() + " is in no file: " + address);
  }

  private Path copy(Path war, String entry) throws IOException {
    hasCopied = true;
    String wanted = entry.endsWith("/") ? OWN_CLASSES : entry;
    try (ZipFile zip = new ZipFile(war.toFile());
        Stream<? extends ZipEntry> entries = zip.stream()) {
      for (ZipEntry one :
          entries.filter(e -> !e.isDirectory() && e.getName().startsWith(wanted)).toList()) {
        Path file = copies.resolve(one.getName());
        Files.createDirectories(file.getParent());
        try (InputStream bytes = zip.getInputStream(one)) {
          Files.copy(bytes, file);
        }
      }
    }
    return copies.resolve(entry);
  }
}
