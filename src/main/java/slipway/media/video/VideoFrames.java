package slipway.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/** Takes single frames of videos as JPEG, by ffmpeg, which may open the file alone. */
public final class VideoFrames {
  private final VideoTools tools;
  private final WorkFolder work;
  private final FrameTaking frames;

  /**
   * Frames that this program takes.
   *
   * @param work where it writes to
   * @param maxPixels width times height of the largest video that is decoded
   */
  public VideoFrames(VideoTools tools, WorkFolder work, long maxPixels) {
    this.tools = tools;
    this.work = work;
    this.frames = new FrameTaking(tools, maxPixels);
  }

  /**
   * The frame at a time, upright.
   *
   * @param seconds from the start
   * @param isWhole whether all of the file is there: up to its end, the last picture is shown then
   * @param maxWidth pixels of the result at most
   * @param maxHeight pixels of the result at most
   * @return a JPEG; empty when the video has no picture at that time
   * @throws NoPreviewException when ffmpeg is not installed, or the video is broken or too large
   */
  public byte[] jpeg(Path file, double seconds, boolean isWhole, int maxWidth, int maxHeight)
      throws IOException, NoPreviewException, InterruptedException {
    if (!Program.isInstalled(tools.ffmpeg()) || !Program.isInstalled(tools.ffprobe())) {
      throw NoPreviewException.unsupported(
          "Frames of videos need ffmpeg and ffprobe, which are not installed here.");
    }
    Path folder = work.newFolder();
    try {
      Path output = folder.resolve("frame");
      VideoTrack track = frames.track(file, output);
      frames.take(file, track, seconds, isWhole, form(maxWidth, maxHeight), output);
      return Files.readAllBytes(output);
    } finally {
      work.release(folder);
    }
  }

  private static FrameTaking.Form form(int maxWidth, int maxHeight) {
    return new FrameTaking.Form(
        maxWidth, maxHeight, "yuvj420p", List.of("-c:v", "mjpeg", "-q:v", "4"));
  }
}
