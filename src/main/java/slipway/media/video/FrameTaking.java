package slipway.media.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.Program;

/**
 * Takes a frame of a video by ffmpeg. It may open the file alone: no network, no playlist, and only
 * containers that hold their own content.
 */
final class FrameTaking {
  static final List<String> SOURCE =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          "mov,mp4,matroska,webm,avi,mpeg,mpegts,mpegvideo,ogg,flv,asf,h264,hevc");

  /** Of ffmpeg: leaves out what comes before the first key frame. */
  static final String FROM_KEY = from("key");

  /**
   * To the light of a usual screen: the reference white of HDR (ITU-R BT.2408, 203 cd/m2) stays
   * white, and what is lighter is pressed together above nine tenths of it.
   */
  static final String FROM_HDR =
      ",zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709"
          + ",tonemap=mobius:param=0.9:desat=0,zscale=t=bt709:m=bt709";

  /** How far before a time the frame is looked for that is still shown then. */
  private static final double SECONDS_BEFORE = 10;

  /** Times are rounded to milliseconds, and to those of the video. */
  private static final double ROUNDING = 0.001;

  private static final int MOST_FACTS_BYTES = 256 * 1024;

  private final VideoTools tools;
  private final long maxPixels;

  /**
   * Taking them by those programs.
   *
   * @param maxPixels width times height of the largest video that is decoded
   */
  FrameTaking(VideoTools tools, long maxPixels) {
    this.tools = tools;
    this.maxPixels = maxPixels;
  }

  /**
   * The track that is shown.
   *
   * @param output what ffprobe says is written there
   * @throws NoPreviewException when there is none, or it is too large
   */
  VideoTrack track(Path file, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    return track(facts(file, output));
  }

  /** The same, of what ffprobe said. */
  VideoTrack track(VideoFacts facts) throws NoPreviewException {
    VideoTrack track = VideoTrack.of(facts);
    if (!track.isWithin(maxPixels)) {
      throw NoPreviewException.broken("The video has no picture of a size that is decoded here.");
    }
    return track;
  }

  /** What ffprobe says of a file, and writes to {@code output}. */
  VideoFacts facts(Path file, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tools.ffprobe(), "-v", "error"));
    command.addAll(SOURCE);
    command.addAll(VideoFacts.QUESTION);
    command.addAll(List.of("-i", "file:" + file));
    Program.read(file, command, output, tools.limits());
    try (InputStream in = Files.newInputStream(output)) {
      return VideoFacts.of(new String(in.readNBytes(MOST_FACTS_BYTES), StandardCharsets.UTF_8));
    }
  }

  private static String from(String first) {
    return "select='if(%s,st(0,1));ld(0)',".formatted(first);
  }

  /**
   * What a frame becomes.
   *
   * @param maxWidth pixels
   * @param maxHeight pixels
   * @param pixels as ffmpeg calls their format
   * @param codec options of ffmpeg
   */
  record Form(int maxWidth, int maxHeight, String pixels, List<String> codec) {
    private String filters(VideoTrack track, boolean toneMapped) {
      double scale =
          Math.min(
              1, Math.min((double) maxWidth / track.width(), (double) maxHeight / track.height()));
      long width = Math.max(1, Math.round(track.width() * scale));
      long height = Math.max(1, Math.round(track.height() * scale));
      String scaled = "scale=w=%d:h=%d,setsar=1".formatted(width, height);
      return scaled + (toneMapped ? FROM_HDR + ":r=pc" : "") + ",format=" + pixels;
    }
  }

  /**
   * Where ffmpeg begins to read, and what of that is taken.
   *
   * @param second from the start of the video
   * @param seeking options of ffmpeg
   * @param filter of ffmpeg, for what comes before all others
   */
  private record SeekPoint(double second, List<String> seeking, String filter) {
    /** The first frame from a time on. */
    static SeekPoint at(double second) {
      return new SeekPoint(second, List.of(), "");
    }

    /**
     * From the key frame before, with the last frame repeated up to the time that is wanted.
     * Streams without an index are begun anywhere, and what comes before a key frame is grey.
     */
    static SeekPoint before(double start, double wanted) {
      String isKey = "key*lte(t,%s)".formatted(text(wanted - start + ROUNDING));
      return before(start, wanted, from(isKey));
    }

    /** From the first key frame of all. */
    static SeekPoint ofFirstKey(double wanted) {
      return before(0, wanted, from("key"));
    }

    /** Whatever there is. */
    static SeekPoint ofAny(double wanted) {
      return before(0, wanted, "");
    }

    private static SeekPoint before(double start, double wanted, String filter) {
      return new SeekPoint(
          start,
          List.of("-noaccurate_seek"),
          filter
              + "tpad=stop=-1:stop_mode=clone,select='gte(t,%s)',"
                  .formatted(text(wanted - start - ROUNDING)));
    }

    static String text(double seconds) {
      return String.format(Locale.ROOT, "%.4f", seconds);
    }
  }

  /**
   * Takes the frame that is shown at a time.
   *
   * @param second from the start
   * @param isWhole whether all of the file is there: the last frame is shown up to its end then
   * @param output gets it; empty when there is none at that time
   */
  void take(Path file, VideoTrack track, double second, boolean isWhole, Form form, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    double end = Math.max(track.seconds(), track.fileSeconds());
    if (!isWhole || end <= 0) {
      take(file, track, SeekPoint.at(second), form, output);
      return;
    }
    Files.write(output, new byte[0]);
    // Some containers are found at their sound, after all frames, and some have no index.
    List<SeekPoint> points = new ArrayList<>(List.of(SeekPoint.before(second, second)));
    if (second > SECONDS_BEFORE) {
      points.add(SeekPoint.before(second - SECONDS_BEFORE, second));
    }
    points.addAll(List.of(SeekPoint.ofFirstKey(second), SeekPoint.ofAny(second)));
    for (SeekPoint point : points) {
      if (second <= end + ROUNDING && Files.size(output) == 0) {
        take(file, track, point, form, output);
      }
    }
  }

  private void take(Path file, VideoTrack track, SeekPoint at, Form form, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    if (track.isHdr()) {
      try {
        take(file, track.index(), at, form.filters(track, true), form.codec(), output);
        return;
      } catch (NoPreviewException e) {
        if (e.obstacle() != Obstacle.FILE) {
          throw e;
        }
        // An ffmpeg without zscale, or colours that it cannot convert: as they are.
      }
    }
    take(file, track.index(), at, form.filters(track, false), form.codec(), output);
  }

  private void take(
      Path file, int track, SeekPoint at, String filters, List<String> codec, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg(), "-nostdin", "-v", "error", "-threads", "1"));
    command.addAll(SOURCE);
    command.addAll(List.of("-max_pixels", Long.toString(Math.min(maxPixels, Integer.MAX_VALUE))));
    command.addAll(at.seeking());
    command.addAll(List.of("-ss", SeekPoint.text(at.second()), "-i", "file:" + file));
    command.addAll(List.of("-map", "0:" + track, "-frames:v", "1", "-map_metadata", "-1"));
    command.addAll(List.of("-vf", at.filter() + filters, "-f", "image2pipe"));
    command.addAll(codec);
    command.addAll(List.of("-threads", "1", "pipe:1"));
    Program.read(file, command, output, tools.limits());
  }
}
