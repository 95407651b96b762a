package slipway.media.video;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The track of a video that players show.
 *
 * @param index its number in the file
 * @param codedPixels how many are stored
 * @param width as shown, upright and of square pixels
 * @param height as shown, upright and of square pixels
 * @param seconds its length, or the file's where it says none; 0 when unknown
 * @param fileSeconds the length of the file, whose sound may be longer; 0 when unknown
 * @param isHdr whether white is not its lightest
 * @param takenAt when the camera took it; null when not said
 */
record VideoTrack(
    int index,
    long codedPixels,
    int width,
    int height,
    double seconds,
    double fileSeconds,
    boolean isHdr,
    Instant takenAt) {
  /** What ffprobe is asked for. */
  static final List<String> QUESTION =
      List.of(
          "-select_streams",
          "v",
          "-show_entries",
          "stream=index,width,height,sample_aspect_ratio,color_transfer,duration"
              + ":stream_disposition=default,attached_pic:stream_tags=rotate"
              + ":stream_side_data=rotation:format=duration:format_tags=creation_time",
          "-of",
          "flat");

  private static final String STREAMS = "streams.stream.";
  private static final int MOST_TRACKS = 100;

  /** Pixels are no longer than that, either way: more is no shape, but a fault or an attack. */
  private static final double MOST_RATIO = 4;

  private static final int MOST_SIDE = 65_535;

  /** Perceptual quantizer and hybrid log-gamma (ITU-R BT.2100). */
  private static final Set<String> HDR = Set.of("smpte2084", "arib-std-b67");

  /**
   * The track, of those that ffprobe tells: the first one that is on and no cover picture, else the
   * first; its sides are 0 where there is none.
   *
   * @param answer what ffprobe says to {@link #QUESTION}, a line for each value
   */
  static VideoTrack of(String answer) {
    Map<String, String> facts = facts(answer);
    List<Integer> tracks = new ArrayList<>();
    for (int i = 0; i < MOST_TRACKS && facts.containsKey(STREAMS + i + ".index"); i++) {
      tracks.add(i);
    }
    // Cover pictures last, and of the rest those that are off.
    int shown =
        tracks.stream()
            .min(
                Comparator.comparing(
                        (Integer i) -> !is(facts, STREAMS + i + ".disposition.attached_pic", "0"))
                    .thenComparing(i -> !is(facts, STREAMS + i + ".disposition.default", "1"))
                    .thenComparing(i -> i))
            .orElse(0);
    return of(facts, STREAMS + shown + ".");
  }

  private static VideoTrack of(Map<String, String> facts, String prefix) {
    int width = side(number(facts.get(prefix + "width")));
    int height = side(number(facts.get(prefix + "height")));
    double ratio = ratio(facts.getOrDefault(prefix + "sample_aspect_ratio", ""));
    int shownWidth = side(width * ratio);
    boolean sideways = Math.abs(rotation(facts, prefix)) % 180 == 90;
    double file = number(facts.get("format.duration"));
    double own = number(facts.get(prefix + "duration"));
    return new VideoTrack(
        (int) number(facts.get(prefix + "index")),
        (long) width * height,
        sideways ? height : shownWidth,
        sideways ? shownWidth : height,
        own > 0 ? own : file,
        file,
        HDR.contains(facts.getOrDefault(prefix + "color_transfer", "")),
        takenAt(facts));
  }

  /** What ffprobe says, by name. */
  static Map<String, String> facts(String answer) {
    Map<String, String> facts = new HashMap<>();
    for (String line : answer.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String value = line.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        facts.put(
            line.substring(0, equals).strip(),
            quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return facts;
  }

  private static boolean is(Map<String, String> facts, String name, String value) {
    return facts.getOrDefault(name, value).equals(value);
  }

  private static int side(double pixels) {
    return (int) Math.min(Math.round(pixels), MOST_SIDE);
  }

  /** How wide a pixel is for its height, as in {@code 4:3}. */
  private static double ratio(String said) {
    int colon = said.indexOf(':');
    if (colon < 0) {
      return 1;
    }
    double ratio = number(said.substring(0, colon)) / number(said.substring(colon + 1));
    return ratio >= 1 / MOST_RATIO && ratio <= MOST_RATIO ? ratio : 1;
  }

  private static double rotation(Map<String, String> facts, String prefix) {
    return facts.entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(prefix) && fact.getKey().endsWith(".rotation"))
        .map(fact -> number(fact.getValue()))
        .findFirst()
        .orElse(number(facts.get(prefix + "tags.rotate")));
  }

  /** 0 when it is none. */
  static double number(String said) {
    try {
      return said == null ? 0 : Double.parseDouble(said);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A time that a camera writes whose clock was never set is none. */
  private static Instant takenAt(Map<String, String> facts) {
    try {
      Instant taken = Instant.parse(facts.getOrDefault("format.tags.creation_time", ""));
      return taken.isAfter(Instant.EPOCH) ? taken : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Whether it may be decoded. */
  boolean isWithin(long maxPixels) {
    return width >= 1 && height >= 1 && codedPixels <= maxPixels;
  }
}
