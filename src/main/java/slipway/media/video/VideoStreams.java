package slipway.media.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.media.video.VideoFacts.Stream;

/**
 * How a video is coded: its container, the picture that is shown and the sound that is heard.
 *
 * @param format as ffprobe calls the container
 * @param brand of an MP4 or QuickTime file; may be empty
 * @param picture the track that players show
 * @param isFirst whether it is the first picture in the file, which is all that some players show
 * @param sound the track that is heard; empty where none can be decoded
 * @param isSilent whether the file has no sound at all
 */
record VideoStreams(
    String format,
    String brand,
    Stream picture,
    boolean isFirst,
    Optional<Stream> sound,
    boolean isSilent) {
  private static final String QUICKTIME = "qt";
  private static final String WEBM = "video/webm";
  private static final Pattern BITS = Pattern.compile("(1[0-6])(?:le|be)?$");
  private static final Pattern COLOURS = Pattern.compile("^yuvj?4([24])\\1");
  private static final Set<String> UNKNOWN = Set.of("", "unknown", "none");
  private static final Set<String> EIGHT_BITS = Set.of("yuv420p", "yuvj420p");
  private static final Set<String> H264 =
      Set.of("Baseline", "Constrained Baseline", "Main", "High");
  private static final Set<String> MP4_SOUND = Set.of("aac", "mp3");
  private static final Set<String> WEBM_SOUND = Set.of("opus", "vorbis");
  private static final Set<String> MP4_TYPES = Set.of("video/mp4", "video/x-m4v");
  private static final Map<String, String> CODECS =
      Map.of(
          "h264", "H.264",
          "hevc", "HEVC",
          "prores", "ProRes",
          "mpeg4", "MPEG-4 part 2",
          "mpeg2video", "MPEG-2",
          "mpeg1video", "MPEG-1",
          "mjpeg", "Motion JPEG",
          "opus", "Opus",
          "vorbis", "Vorbis",
          "theora", "Theora");

  /**
   * The streams of a file.
   *
   * @param shown the number in the file of the track that is shown
   */
  static VideoStreams of(VideoFacts facts, int shown) {
    List<Stream> all = facts.streams();
    List<Stream> sounds = all.stream().filter(VideoStreams::isSound).toList();
    List<Stream> known = sounds.stream().filter(VideoStreams::isKnown).toList();
    Optional<Stream> first =
        all.stream().filter(each -> each.isVideo() && !each.isCover()).findFirst();
    return new VideoStreams(
        facts.get("format.format_name"),
        facts.get("format.tags.major_brand").strip(),
        all.stream().filter(stream -> stream.index() == shown).findFirst().orElse(facts.stream(0)),
        first.filter(stream -> stream.index() == shown).isPresent(),
        known.stream().filter(Stream::isOn).findFirst().or(() -> known.stream().findFirst()),
        sounds.isEmpty());
  }

  private static boolean isSound(Stream stream) {
    return stream.get("codec_type").equals("audio");
  }

  private static boolean isKnown(Stream stream) {
    return !UNKNOWN.contains(stream.codec());
  }

  private static String name(Stream stream) {
    return stream.codec().startsWith("pcm_")
        ? "PCM"
        : CODECS.getOrDefault(stream.codec(), stream.codec().toUpperCase(Locale.ROOT));
  }

  /**
   * Whether every browser plays the file as it is.
   *
   * @param contentType MIME type that it is served as
   */
  boolean playEverywhere(String contentType) {
    if (!isFirst || !EIGHT_BITS.contains(picture.get("pix_fmt"))) {
      return false;
    }
    if (MP4_TYPES.contains(contentType)) {
      return isMp4() && isUsualH264() && isSoundOf(MP4_SOUND);
    }
    return contentType.equals(WEBM) && isWebm() && isSoundOf(WEBM_SOUND);
  }

  /** Whether the picture need not be coded again for an MP4. */
  boolean hasPictureForMp4() {
    boolean isTimed = format.startsWith("mov,") || format.startsWith("matroska,");
    return isTimed
        && isUsualH264()
        && !isInterlaced()
        && EIGHT_BITS.contains(picture.get("pix_fmt"));
  }

  private boolean isMp4() {
    return format.startsWith("mov,") && !brand.equals(QUICKTIME);
  }

  private boolean isUsualH264() {
    return picture.codec().equals("h264") && H264.contains(picture.get("profile"));
  }

  private boolean isWebm() {
    return picture.codec().equals("vp8")
        || (picture.codec().equals("vp9") && picture.get("profile").equals("Profile 0"));
  }

  private boolean isSoundOf(Set<String> codecs) {
    return isSilent || sound.filter(track -> codecs.contains(track.codec())).isPresent();
  }

  /** Whether players show it line by line, and not in two halves. */
  boolean isInterlaced() {
    return Set.of("tt", "bb", "tb", "bt").contains(picture.get("field_order"));
  }

  /** Whether it may begin with frames that are grey, as those before them are not there. */
  boolean isBegunAnywhere() {
    return format.equals("mpegts") && picture.codec().equals("hevc");
  }

  /** Pictures a second, on average; 0 where that is not known. */
  double rate() {
    String[] parts = picture.get("avg_frame_rate").split("/", 2);
    double below = parts.length == 2 ? VideoFacts.number(parts[1]) : 1;
    return below > 0 ? VideoFacts.number(parts[0]) / below : 0;
  }

  /**
   * What it is, in the words of every language, such as {@code HEVC, 10-bit, QuickTime}: codec,
   * what is unusual, and container.
   *
   * @param contentType MIME type that it is served as
   */
  String words(boolean isHdr, String contentType) {
    List<String> words = new ArrayList<>(List.of(name(picture)));
    Matcher bits = BITS.matcher(picture.get("pix_fmt"));
    if (bits.find()) {
      words.add(bits.group(1) + "-bit");
    }
    Matcher colours = COLOURS.matcher(picture.get("pix_fmt"));
    if (colours.find()) {
      words.add("4:%s:%s".formatted(colours.group(1), colours.group(1)));
    }
    if (isHdr) {
      words.add("HDR");
    }
    sound
        .filter(track -> !MP4_SOUND.contains(track.codec()))
        .ifPresent(track -> words.add(name(track)));
    words.add(contentType.equals(WEBM) ? "WebM" : container());
    return String.join(", ", words);
  }

  private String container() {
    return switch (format.replaceFirst(",.*", "")) {
      case "mov" -> brand.equals(QUICKTIME) || brand.isEmpty() ? "QuickTime" : "MP4";
      case "matroska" -> "Matroska";
      case "avi" -> "AVI";
      case "mpegts" -> "MPEG-TS";
      case "asf" -> "Windows Media";
      case "flv" -> "Flash Video";
      case "ogg" -> "Ogg";
      default -> format.toUpperCase(Locale.ROOT);
    };
  }
}
