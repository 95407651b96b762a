package slipway.media;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

  /** Of types that Tika knows by content, but not by a name. */
  private static final Map<String, String> ENDINGS =
      Map.of("image/x-jp2-container", ".jp2", "image/x-jp2-codestream", ".j2k");

  /** Nothing opens it by itself. */
  private static final String ANY = ".bin";

  /** Bytes of the encoded name: all headers of an answer have 4 KiB in many proxies. */
  private static final int MOST = 1000;

  private static final int LONGEST_ENDING = 60;

  private DownloadName() {}

  /**
   * The name; of a very long one the beginning and the ending.
   *
   * @param sent the name it came with, with or without folders; may be empty
   * @param type MIME type, by its content; its parameters do not count
   */
  public static String of(String sent, String type) {
    int folders = Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1;
    String name = sent.substring(folders).strip();
    if (name.isEmpty()) {
      name = "original";
    }
    String base = MediaType.withoutParameters(type);
    if (goesWith(TIKA.detect(name), base)) {
      String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
      return encode(ending).length() > LONGEST_ENDING
          ? cut(name, "")
          : cut(name.substring(0, name.length() - ending.length()), ending);
    }
    return cut(name, ending(base));
  }

  /** The same as a header has it (RFC 8187, 3.2). */
  public static String encoded(String sent, String type) {
    return encode(of(sent, type));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
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
    String ending = ENDINGS.getOrDefault(type, extension(type));
    return ending.isEmpty() ? ANY : ending;
  }

  private static String extension(String type) {
    try {
      return MimeTypes.getDefaultMimeTypes().forName(type).getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }

  private static String cut(String name, String ending) {
    int left = MOST - encode(ending).length();
    if (encode(name).length() <= left) {
      return name + ending;
    }
    StringBuilder start = new StringBuilder();
    for (int c : name.codePoints().toArray()) {
      left -= encode(Character.toString(c)).length();
      if (left < 0) {
        break;
      }
      start.appendCodePoint(c);
    }
    return start + ending;
  }
}
