package slipway.media.video;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Set;
import slipway.media.video.VideoFacts.Stream;

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
  /** Pixels are no longer than that, either way: more is no shape, but a fault or an attack. */
  private static final double MOST_RATIO = 4;

  private static final int MOST_SIDE = 65_535;

  /** Perceptual quantizer and hybrid log-gamma (ITU-R BT.2100). */
  private static final Set<String> HDR = Set.of("smpte2084", "arib-std-b67");

  /** The first track that is on and no cover picture, else the first; without any, no sides. */
  static VideoTrack of(VideoFacts facts) {
    // Cover pictures last, and of the rest those that are off.
    return of(
        facts,
        facts.streams().stream()
            .filter(Stream::isVideo)
            .min(Comparator.comparing(Stream::isCover).thenComparing(stream -> !stream.isOn()))
            .orElse(new Stream(facts, "none.")));
  }

  private static VideoTrack of(VideoFacts facts, Stream shown) {
    int width = side(shown.number("width"));
    int height = side(shown.number("height"));
    int shownWidth = side(width * ratio(shown.get("sample_aspect_ratio")));
    boolean sideways = Math.abs(rotation(facts, shown)) % 180 == 90;
    double file = VideoFacts.number(facts.get("format.duration"));
    double own = shown.number("duration");
    return new VideoTrack(
        shown.index(),
        (long) width * height,
        sideways ? height : shownWidth,
        sideways ? shownWidth : height,
        own > 0 ? own : file,
        file,
        HDR.contains(shown.get("color_transfer")),
        takenAt(facts));
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
    double ratio =
        VideoFacts.number(said.substring(0, colon)) / VideoFacts.number(said.substring(colon + 1));
    return ratio >= 1 / MOST_RATIO && ratio <= MOST_RATIO ? ratio : 1;
  }

  private static double rotation(VideoFacts facts, Stream shown) {
    return facts.values().entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(shown.prefix()))
        .filter(fact -> fact.getKey().endsWith(".rotation"))
        .map(fact -> VideoFacts.number(fact.getValue()))
        .findFirst()
        .orElse(shown.number("tags.rotate"));
  }

  /** A time that a camera writes whose clock was never set is none. */
  private static Instant takenAt(VideoFacts facts) {
    try {
      Instant taken = Instant.parse(facts.get("format.tags.creation_time"));
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
