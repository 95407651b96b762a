package slipway.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/** Takes single frames of videos as JPEG, by ffmpeg, which may open the file alone. */
public final class VideoFrames {
  private final VideoTools tools;
  private final WorkFolder work;
  private final long maxPixels;

  /**
   * Frames that this program takes.
   *
   * @param work where it writes to
   * @param maxPixels width times height of the largest video that is decoded
   */
  public VideoFrames(VideoTools tools, WorkFolder work, long maxPixels) {
    this.tools = tools;
    this.work = work;
    this.maxPixels = maxPixels;
  }

  /**
   * The frame at a time, upright.
   *
   * @param seconds from the start
   * @param maxWidth pixels of the result at most
   * @param maxHeight pixels of the result at most
   * @return a JPEG; empty when the video has no picture at that time
   * @throws NoPreviewException when ffmpeg is not installed, or the video is broken or too large
   */
  public byte[] jpeg(Path file, double seconds, int maxWidth, int maxHeight)
      throws IOException, NoPreviewException, InterruptedException {
    if (!Program.isInstalled(tools.ffmpeg())) {
      throw NoPreviewException.unsupported(
          "Frames of videos need ffmpeg, which is not installed here.");
    }
    Path folder = work.newFolder();
    try {
      Path output = folder.resolve("frame");
      Program.run(command(file, seconds, maxWidth, maxHeight), output, tools.limits());
      return Files.readAllBytes(output);
    } finally {
      work.release(folder);
    }
  }

  private List<String> command(Path file, double seconds, int maxWidth, int maxHeight) {
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg(), "-nostdin", "-v", "error", "-threads", "1"));
    command.addAll(Videos.SOURCE);
    command.addAll(List.of("-max_pixels", Long.toString(Math.min(maxPixels, Integer.MAX_VALUE))));
    command.addAll(List.of("-ss", Double.toString(seconds), "-i", "file:" + file));
    command.addAll(List.of("-map", "0:v:0", "-frames:v", "1", "-map_metadata", "-1"));
    String scale =
        "scale=w='min(%d,iw)':h='min(%d,ih)':force_original_aspect_ratio=decrease,format=yuvj420p";
    command.addAll(List.of("-vf", scale.formatted(maxWidth, maxHeight)));
    command.addAll(List.of("-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "4"));
    command.addAll(List.of("-threads", "1", "pipe:1"));
    return command;
  }
}
