package slipway.media;

import java.util.Set;
import org.apache.tika.Tika;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/**
 * The name under which a browser keeps a file that a visitor sent. Its ending goes with what the
 * file is: a picture that is a page, too, must not be opened as one from somebody's disk.
 */
public final class DownloadName {
  private static final Tika TIKA = new Tika();
  private static final Set<String> SHOWN = Set.of("image", "video", "audio");
  private static final String SVG = "image/svg+xml";

  private DownloadName() {}

  /**
   * The name.
   *
   * @param sent the name it came with, with or without folders; may be empty
   * @param type MIME type, by its content
   */
  public static String of(String sent, String type) {
    int folders = Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1;
    String name = sent.substring(folders).strip();
    if (name.isEmpty()) {
      name = "original";
    }
    return goesWith(TIKA.detect(name), type) ? name : name + ending(type);
  }

  /** One picture's ending on another picture does no harm. */
  private static boolean goesWith(String byName, String type) {
    return byName.equals(type)
        || (family(byName).equals(family(type))
            && SHOWN.contains(family(type))
            && !byName.equals(SVG));
  }

  private static String family(String type) {
    return type.substring(0, type.indexOf('/'));
  }

  private static String ending(String type) {
    try {
      return MimeTypes.getDefaultMimeTypes().forName(type).getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }
}
