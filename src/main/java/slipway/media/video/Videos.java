package slipway.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleFunction;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.Decoders;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.NotStartedException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/** Makes previews of videos by ffmpeg. */
public final class Videos {
  private static final double POSTER_SECOND = 1;
  private static final int ANY_HEIGHT = Integer.MAX_VALUE;

  private final VideoTools tools;
  private final Decoders decoders;
  private final WorkFolder work;
  private final FrameTaking frames;

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
    this.frames = new FrameTaking(tools, maxPixels);
  }

  /** Whether the programs are installed that videos need. */
  public boolean areReadable() {
    return Program.isInstalled(tools.ffmpeg()) && Program.isInstalled(tools.ffprobe());
  }

  /**
   * Looks whether the programs can be started.
   *
   * @throws NotStartedException when they cannot
   * @throws IOException when they do not say which version they are
   */
  public void probe() throws IOException, InterruptedException {
    Path folder = work.newFolder();
    try {
      for (String program : List.of(tools.ffmpeg(), tools.ffprobe())) {
        Program.run(List.of(program, "-version"), folder.resolve("version"), tools.limits());
      }
    } catch (NoPreviewException e) {
      throw new IOException("ffmpeg does not say which version it is", e);
    } finally {
      work.release(folder);
    }
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
    return preview(
        file, contentType, maxWidth, length -> List.of(Math.min(POSTER_SECOND, length / 2), 0.0));
  }

  /**
   * The same of the frame at a time.
   *
   * @param millis from the start
   * @throws NoPreviewException also when the video has no picture at that time
   */
  public DecodedPicture at(Path file, String contentType, long millis, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return preview(file, contentType, maxWidth, length -> List.of(millis / 1000.0));
  }

  /**
   * Takes the first frame that there is.
   *
   * @param seconds at these times, of a video of that length; 0 for an unknown length
   */
  private DecodedPicture preview(
      Path file, String contentType, int maxWidth, DoubleFunction<List<Double>> seconds)
      throws IOException, NoPreviewException, InterruptedException {
    if (!areReadable()) {
      throw NoPreviewException.unsupported(
          "A video of type " + contentType + " needs ffmpeg, which is not installed here.");
    }
    Path folder = work.newFolder();
    try {
      return preview(file, folder.resolve("output"), maxWidth, seconds);
    } finally {
      work.release(folder);
    }
  }

  private DecodedPicture preview(
      Path file, Path output, int maxWidth, DoubleFunction<List<Double>> seconds)
      throws IOException, NoPreviewException, InterruptedException {
    VideoTrack track = frames.track(file, output);
    MediaFacts about =
        new MediaFacts(
            track.width(),
            track.height(),
            track.fileSeconds() > 0 ? Math.round(track.fileSeconds() * 1000) : null,
            track.takenAt());
    FrameTaking.Form form =
        new FrameTaking.Form(maxWidth, ANY_HEIGHT, "rgb24", List.of("-c:v", "png"));
    for (double second : seconds.apply(track.seconds())) {
      frames.take(file, track, second, true, form, output);
      if (Files.size(output) > 0) {
        break;
      }
    }
    if (Files.size(output) == 0) {
      throw NoPreviewException.noPictureThere();
    }
    return decoders.decode(output, "image/png", maxWidth).of(about);
  }
}
