package slipway.media;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/**
 * The name under which a browser saves a file that a visitor sent. Its extension matches the file's
 * type: a picture that is also a valid page must not be opened as a page from somebody's disk.
 */
public final class DownloadName {
  private static final Set<String> SHOWN = Set.of("image", "video", "audio");
  private static final String SVG = "image/svg+xml";

  /** Extensions of types that Tika knows by content, but not by name. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "image/x-jp2-container", ".jp2", "image/x-jp2-codestream", ".j2k", "video/mp2t", ".mts");

  /** Extensions of transport streams; Tika takes some of them for programs and 3D models. */
  private static final Set<String> TRANSPORT_STREAM = Set.of(".mts", ".m2ts", ".m2t", ".ts");

  /** An extension that no program opens. */
  private static final String ANY = ".bin";

  /** Bytes of the encoded name: all headers of an answer have 4 KiB in many proxies. */
  private static final int MOST = 1000;

  /** Characters that browsers leave out, except for the joiners of scripts and emoji. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\x{200C}\\x{200D}]]");

  /** Characters that browsers and file systems leave out at the end. */
  private static final Pattern TAIL = Pattern.compile("[.\\p{IsWhite_Space}\\x{200C}\\x{200D}]+$");

  /** The part of the name by which systems choose a program to open a file. */
  private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

  private DownloadName() {}

  /**
   * The name; of a very long one the beginning and the ending.
   *
   * @param sent the name it came with, with or without folders; may be empty
   * @param type MIME type, by its content; its parameters do not count
   */
  public static String of(String sent, String type) {
    int folders = Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1;
    String name = clean(sent.substring(folders));
    String base = MediaType.withoutParameters(type);
    Matcher ending = ENDING.matcher(name);
    return ending.find() && goesWith(ending.group(), base)
        ? cut(name.substring(0, ending.start()), ending.group())
        : cut(name, ending(base));
  }

  /**
   * The name that is left once browsers and systems have removed characters, so that its extension
   * is the effective one.
   */
  private static String clean(String name) {
    String seen = TAIL.matcher(UNSEEN.matcher(name).replaceAll("")).replaceAll("").strip();
    return seen.isEmpty() ? "original" : seen;
  }

  /** By the ending alone: of a whole name, Tika takes {@code #} and {@code ?} for a URL's. */
  private static String byEnding(String ending) {
    return MediaType.TIKA.detect("a" + ending.toLowerCase(Locale.ROOT));
  }

  /** The same, encoded for a header (RFC 8187, 3.2). */
  public static String encoded(String sent, String type) {
    return encode(of(sent, type));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** The extension of another type of picture does no harm. */
  private static boolean goesWith(String ending, String type) {
    String byName = byEnding(ending);
    return byName.equals(type)
        || (type.equals("video/mp2t") && TRANSPORT_STREAM.contains(ending.toLowerCase(Locale.ROOT)))
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
