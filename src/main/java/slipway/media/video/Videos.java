package slipway.media.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.Decoders;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/**
 * Makes previews of videos by ffmpeg. It may open the file alone: no network, no playlist, and only
 * containers that hold their own content.
 */
public final class Videos {
  static final List<String> SOURCE =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          "mov,mp4,matroska,webm,avi,mpeg,mpegts,mpegvideo,ogg,flv,asf,h264,hevc");
  private static final double POSTER_SECOND = 1;
  private static final int MOST_FACTS_BYTES = 64 * 1024;

  private final VideoTools tools;
  private final Decoders decoders;
  private final WorkFolder work;
  private final long maxPixels;

  /**
   * Videos that those programs read.
   *
   * @param decoders decode the frame that stands for a video
   * @param work where the programs write to
   * @param maxPixels width times height of the largest video that is decoded
   */
  public Videos(VideoTools tools, Decoders decoders, WorkFolder work, long maxPixels) {
    this.tools = tools;
    this.decoders = decoders;
    this.work = work;
    this.maxPixels = maxPixels;
  }

  /** Whether the programs are installed that videos need. */
  public boolean areReadable() {
    return Program.isInstalled(tools.ffmpeg()) && Program.isInstalled(tools.ffprobe());
  }

  /**
   * Takes one frame from the video's first second, upright and scaled down.
   *
   * @param maxWidth pixels of the result's width at most
   * @return the picture, to be closed
   * @throws NoPreviewException when the programs are not installed, or the video is broken, too
   *     large, or takes too much
   * @throws IOException when the programs cannot be run now
   */
  public DecodedPicture preview(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return preview(file, contentType, maxWidth, length -> Math.min(POSTER_SECOND, length / 2));
  }

  /**
   * The same of the frame at a time.
   *
   * @param millis from the start
   * @throws NoPreviewException also when the video has no picture at that time
   */
  public DecodedPicture at(Path file, String contentType, long millis, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return preview(file, contentType, maxWidth, length -> millis / 1000.0);
  }

  /**
   * Takes a frame.
   *
   * @param second which one, of a video of that length; 0 for an unknown length
   */
  private DecodedPicture preview(
      Path file, String contentType, int maxWidth, DoubleUnaryOperator second)
      throws IOException, NoPreviewException, InterruptedException {
    if (!areReadable()) {
      throw NoPreviewException.unsupported(
          "A video of type " + contentType + " needs ffmpeg, which is not installed here.");
    }
    Path folder = work.newFolder();
    try {
      return preview(file, folder.resolve("output"), maxWidth, second);
    } finally {
      work.release(folder);
    }
  }

  private DecodedPicture preview(Path file, Path output, int maxWidth, DoubleUnaryOperator second)
      throws IOException, NoPreviewException, InterruptedException {
    Map<String, String> facts = probe(file, output);
    int width = (int) number(facts, "width");
    int height = (int) number(facts, "height");
    if (width < 1 || height < 1 || (long) width * height > maxPixels) {
      throw NoPreviewException.broken("The video has no picture of a size that is decoded here.");
    }
    double seconds = number(facts, "duration");
    boolean sideways = Math.abs(number(facts, "rotation", "TAG:rotate")) % 180 == 90;
    MediaFacts about =
        new MediaFacts(
            sideways ? height : width,
            sideways ? width : height,
            seconds > 0 ? Math.round(seconds * 1000) : null,
            takenAt(facts));
    takePoster(file, second.applyAsDouble(seconds), maxWidth, output);
    if (Files.size(output) == 0) {
      throw NoPreviewException.broken("The video has no picture at that time.");
    }
    return decoders.decode(output, "image/png", maxWidth).of(about);
  }

  private Map<String, String> probe(Path file, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    String wanted =
        "stream=width,height:stream_tags=rotate:stream_side_data=rotation"
            + ":format=duration:format_tags=creation_time";
    List<String> command = new ArrayList<>(List.of(tools.ffprobe(), "-v", "error"));
    command.addAll(SOURCE);
    command.addAll(
        List.of("-select_streams", "v:0", "-show_entries", wanted, "-of", "default=nw=1"));
    command.addAll(List.of("-i", "file:" + file));
    Program.run(command, output, tools.limits());
    Map<String, String> facts = new HashMap<>();
    for (String line : head(output).lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return facts;
  }

  private static String head(Path output) throws IOException {
    try (InputStream in = Files.newInputStream(output)) {
      return new String(in.readNBytes(MOST_FACTS_BYTES), StandardCharsets.UTF_8);
    }
  }

  private void takePoster(Path file, double second, int maxWidth, Path output)
      throws IOException, NoPreviewException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg(), "-nostdin", "-v", "error", "-threads", "1"));
    command.addAll(SOURCE);
    command.addAll(List.of("-max_pixels", Long.toString(Math.min(maxPixels, Integer.MAX_VALUE))));
    command.addAll(List.of("-ss", Double.toString(second), "-i", "file:" + file));
    command.addAll(List.of("-map", "0:v:0", "-frames:v", "1", "-map_metadata", "-1"));
    command.addAll(List.of("-vf", "scale=w='min(" + maxWidth + ",iw)':h=-1,format=rgb24"));
    command.addAll(List.of("-f", "image2pipe", "-c:v", "png", "-threads", "1", "pipe:1"));
    Program.run(command, output, tools.limits());
  }

  /** The first of these that is said; 0 when none is. */
  private static double number(Map<String, String> facts, String... names) {
    for (String name : names) {
      try {
        return Double.parseDouble(facts.getOrDefault(name, ""));
      } catch (NumberFormatException e) {
        // Not said: the next.
      }
    }
    return 0;
  }

  private static Instant takenAt(Map<String, String> facts) {
    try {
      return Instant.parse(facts.getOrDefault("TAG:creation_time", ""));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
