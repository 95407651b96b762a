package slipway.media;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.Tika;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.EmptyParser;

/**
 * Recognizes the type of a file by its first bytes; its name and the browser's claim are ignored.
 */
public final class MediaType {
  /** How many of the first bytes are examined at most. */
  public static final int HEAD_BYTES = 64 * 1024;

  /** How many of them are enough for most kinds, see {@link #ofFirstBytes}. */
  public static final int FIRST_BYTES = FirstBytes.ENOUGH;

  /**
   * Built from the types only, as Tika's own default reads its list of them again for each object.
   */
  static final Tika TIKA = new Tika(MimeTypes.getDefaultMimeTypes(), EmptyParser.INSTANCE);

  /** Types that have other names here than in Tika. */
  private static final Set<String> RENAMED =
      Set.of("application/x-matroska", "application/mp4", "application/ogg");

  private static final Set<String> KNOWN =
      MimeTypes.getDefaultMimeTypes().getMediaTypeRegistry().getTypes().stream()
          .map(Object::toString)
          .filter(type -> !RENAMED.contains(type))
          .collect(Collectors.toUnmodifiableSet());

  private static final String SVG = "image/svg+xml";

  private static final String MP4 = "video/mp4";

  /** Files of the same container and codecs, with brands of their own: .m4v and .3gp. */
  private static final List<String> LIKE_MP4 = List.of("video/x-m4v", "video/3gpp", "video/3gpp2");

  /** The container for pictures of a codec that has a type of its own. */
  private static final String HEIF = "image/heif";

  private static final List<String> LIKE_HEIF =
      List.of("image/heic", "image/heic-sequence", "image/heif-sequence");

  private static final Map<String, List<String>> LIKE = Map.of(MP4, LIKE_MP4, HEIF, LIKE_HEIF);

  /** Other names of types, as people, browsers and libraries write them. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("image/jpg", "image/jpeg"),
          Map.entry("image/pjpeg", "image/jpeg"),
          Map.entry("image/x-png", "image/png"),
          Map.entry("image/tif", "image/tiff"),
          Map.entry("image/x-icon", "image/vnd.microsoft.icon"),
          Map.entry("image/ico", "image/vnd.microsoft.icon"),
          Map.entry("image/x-bmp", "image/bmp"),
          Map.entry("image/x-ms-bmp", "image/bmp"),
          Map.entry("image/svg", "image/svg+xml"),
          Map.entry("image/dng", "image/x-raw-adobe"),
          Map.entry("image/x-adobe-dng", "image/x-raw-adobe"),
          Map.entry("video/mts", "video/mp2t"),
          Map.entry("video/m2ts", "video/mp2t"),
          Map.entry("video/vnd.dlna.mpeg-tts", "video/mp2t"),
          Map.entry("video/mov", "video/quicktime"),
          Map.entry("video/avi", "video/x-msvideo"),
          Map.entry("video/msvideo", "video/x-msvideo"),
          Map.entry("video/wmv", "video/x-ms-wmv"),
          Map.entry("video/mkv", "video/x-matroska"),
          Map.entry("video/matroska", "video/x-matroska"),
          Map.entry("video/m4v", "video/x-m4v"),
          Map.entry("video/3gp", "video/3gpp"),
          Map.entry("video/mpg", "video/mpeg"));

  private MediaType() {}

  /**
   * The MIME type of a file that begins with these bytes, such as {@code image/jpeg}; {@code
   * application/octet-stream} when it cannot be told.
   */
  public static String detect(byte[] head) {
    return FirstBytes.type(head).or(() -> Signatures.type(head)).orElseGet(() -> byTika(head));
  }

  /**
   * The same if a few bytes are enough, as for most files. Empty if up to {@link #HEAD_BYTES} have
   * to be examined.
   */
  public static Optional<String> ofFirstBytes(byte[] head) {
    return FirstBytes.type(head);
  }

  private static String byTika(byte[] head) {
    String type = withoutParameters(TIKA.detect(head));
    return switch (type) {
      case "application/x-matroska" -> FirstBytes.isWebm(head) ? "video/webm" : "video/x-matroska";
      case "application/mp4" -> MP4;
      // Tika takes every ISO base media file of a brand it does not know for QuickTime.
      case "video/quicktime" -> isQuickTime(head) ? type : MP4;
      case "application/ogg" -> "video/ogg";
      default -> type;
    };
  }

  /** A type without its parameters, such as {@code format=ascii}. */
  static String withoutParameters(String type) {
    int end = type.indexOf(';');
    return end < 0 ? type : type.substring(0, end).strip();
  }

  /**
   * Whether a type is among those accepted.
   *
   * @param accepted types such as {@code image/png} or {@code video/*}; SVG is a program more than
   *     a picture and is accepted by its full name only; .m4v and .3gp are MP4, HEIC is HEIF
   */
  public static boolean isAccepted(String type, List<String> accepted) {
    String family = type.substring(0, type.indexOf('/') + 1) + "*";
    return accepted.contains(type)
        || (!type.equals(SVG) && accepted.contains(family))
        || accepted.stream().anyMatch(one -> like(one).contains(type));
  }

  /** The name by which {@link #detect} returns a type that others call differently. */
  public static String realName(String type) {
    return OTHER_NAMES.getOrDefault(type, type);
  }

  /** The types, for a file input: with all names that {@link #isAccepted} accepts for them. */
  public static List<String> withLike(List<String> types) {
    return types.stream()
        .flatMap(type -> Stream.concat(Stream.of(type), like(type).stream()))
        .distinct()
        .toList();
  }

  private static List<String> like(String type) {
    return LIKE.getOrDefault(type, List.of());
  }

  /** The types that both lists accept, in the form of {@link #isAccepted}; empty for none. */
  public static List<String> common(List<String> one, List<String> other) {
    Stream<String> narrower = one.stream().filter(type -> isAccepted(type, other));
    return Stream.concat(narrower, other.stream().filter(type -> isAccepted(type, one)))
        .distinct()
        .toList();
  }

  /**
   * Whether there is a type of files that a setting stands for, in the form of {@link #isAccepted}.
   * There is none for another name of a type, such as {@code image/jpg}.
   */
  public static boolean isKnown(String accepted) {
    return KNOWN.stream().anyMatch(type -> isAccepted(type, List.of(accepted)));
  }

  /** Whether the major brand (ISO/IEC 14496-12, 4.3) is QuickTime's, or there is none at all. */
  private static boolean isQuickTime(byte[] head) {
    boolean branded = head.length >= 12 && ascii(head, 4).equals("ftyp");
    return !branded || ascii(head, 8).equals("qt  ");
  }

  private static String ascii(byte[] head, int from) {
    return new String(head, from, 4, StandardCharsets.ISO_8859_1);
  }
}
