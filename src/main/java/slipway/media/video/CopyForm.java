package slipway.media.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a copy that every browser plays is like: H.264 and AAC in an MP4 whose index comes first,
 * upright, of square pixels, in the colours of usual screens (ITU-R BT.709).
 *
 * @param track the picture that is shown
 * @param streams how the video is coded
 * @param width pixels, even
 * @param height pixels, even
 * @param isKept whether the picture stays as it is coded, as another container is all it takes
 * @param threads of the encoder
 */
record CopyForm(
    VideoTrack track, VideoStreams streams, int width, int height, boolean isKept, int threads) {
  private static final double MOST_RATE = 30;

  /** Of what cameras call 30. */
  private static final double RATE_TOLERANCE = 0.5;

  /** From so many lines on, colours that are not named are those of HD. */
  private static final int HD_LINES = 720;

  private static final double WIDE = 16 / 9.0;
  private static final int STEREO = 2;
  private static final int MOST_SAMPLES = 48_000;
  private static final int SOUND_BITS = 192_000;

  /** For the index, and for what a stretch may take beyond the average. */
  private static final long BYTES_MORE = 4 << 20;

  private static final double SECONDS_MORE = 10;

  /** The most that a picture takes, in bits a second: 6 million of 1920 x 1080. */
  private static final long BITS_PER_PIXEL = 3;

  private static final long LEAST_BITS = 500_000;

  static CopyForm of(VideoTrack track, VideoStreams streams, ConversionLimits limits) {
    int longer = Math.max(track.width(), track.height());
    int shorter = Math.min(track.width(), track.height());
    int lines = limits.lines();
    double scale = Math.min(1, Math.min(lines * WIDE / longer, (double) lines / shorter));
    boolean isKept = scale == 1 && !track.isHdr() && streams.hasPictureForMp4();
    return isKept
        ? new CopyForm(track, streams, track.width(), track.height(), true, limits.threads())
        : new CopyForm(
            track,
            streams,
            even(track.width() * scale),
            even(track.height() * scale),
            false,
            limits.threads());
  }

  private static int even(double pixels) {
    return (int) Math.max(2, Math.round(pixels / 2) * 2);
  }

  boolean isHdr() {
    return track.isHdr();
  }

  private long bits() {
    return Math.max(LEAST_BITS, BITS_PER_PIXEL * width * height);
  }

  /**
   * How long the copy is at most.
   *
   * @param seconds length of the video
   * @param original bytes of its file
   */
  long bytes(double seconds, long original) {
    double coded = (seconds + SECONDS_MORE) * (bits() + SOUND_BITS) / Byte.SIZE;
    return BYTES_MORE + Math.max((long) coded, isKept ? original : 0);
  }

  /** As options of ffmpeg; the file's name follows them. */
  List<String> options(boolean toneMapped) {
    List<String> options = new ArrayList<>(List.of("-map", "0:" + track.index()));
    streams.sound().ifPresent(sound -> options.addAll(List.of("-map", "0:" + sound.index())));
    options.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"));
    options.addAll(isKept ? List.of("-c:v", "copy") : picture(filters(toneMapped)));
    options.addAll(sound(streams.sound()));
    options.addAll(List.of("-movflags", "+faststart", "-f", "mp4"));
    return options;
  }

  private String filters(boolean toneMapped) {
    String filters = streams.isBegunAnywhere() ? FrameTaking.FROM_KEY : "";
    filters += streams.isInterlaced() ? "yadif=deint=interlaced," : "";
    double rate = streams.rate();
    if (rate > MOST_RATE + RATE_TOLERANCE) {
      // Every second one, or third: what is left comes as evenly as before.
      double fewer = rate / Math.ceil((rate - RATE_TOLERANCE) / MOST_RATE);
      filters += String.format(Locale.ROOT, "fps=%.4f,", fewer);
    }
    String size = "scale=w=%d:h=%d".formatted(width, height);
    return toneMapped
        ? filters + size + ",setsar=1" + FrameTaking.FROM_HDR + ":r=tv,format=yuv420p"
        : filters + size + colours() + ",setsar=1,format=yuv420p";
  }

  private String colours() {
    String named = streams.picture().get("color_space");
    boolean isNamed = !named.isEmpty() && !named.equals("unknown") && !named.equals("reserved");
    boolean isHd = Math.min(track.width(), track.height()) >= HD_LINES;
    String in = isNamed ? "auto" : isHd ? "bt709" : "bt601";
    // Without these flags grey becomes a little green.
    return ":in_color_matrix="
        + in
        + ":out_color_matrix=bt709:out_range=tv"
        + ":flags=bicubic+accurate_rnd+full_chroma_int";
  }

  private List<String> picture(String filters) {
    long bits = bits();
    List<String> options = new ArrayList<>(List.of("-vf", filters));
    options.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "23"));
    options.addAll(List.of("-maxrate", Long.toString(bits), "-bufsize", Long.toString(2 * bits)));
    options.addAll(List.of("-profile:v", "high", "-g", "120"));
    options.addAll(List.of("-color_primaries", "bt709", "-color_trc", "bt709"));
    options.addAll(List.of("-colorspace", "bt709", "-color_range", "tv"));
    options.addAll(List.of("-threads", Integer.toString(threads)));
    return options;
  }

  private static List<String> sound(Optional<VideoFacts.Stream> sound) {
    if (sound.isEmpty()) {
      return List.of("-an");
    }
    if (sound.get().codec().equals("aac")) {
      return List.of("-c:a", "copy");
    }
    List<String> options = new ArrayList<>(List.of("-c:a", "aac", "-b:a", "128k"));
    if (sound.get().number("channels") > STEREO) {
      options.addAll(List.of("-ac", "2"));
    }
    if (sound.get().number("sample_rate") > MOST_SAMPLES) {
      options.addAll(List.of("-ar", "48000"));
    }
    return options;
  }
}
