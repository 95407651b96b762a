package slipway.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.LongRun;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/** Tells which videos every browser plays, and makes copies of the others, by ffmpeg. */
public final class VideoCopies {
  private final VideoTools tools;
  private final ConversionLimits limits;
  private final WorkFolder work;
  private final long maxPixels;
  private final FrameTaking frames;

  /**
   * Copies that those programs make.
   *
   * @param work where they write to
   * @param maxPixels width times height of the largest video that is decoded
   */
  public VideoCopies(VideoTools tools, ConversionLimits limits, WorkFolder work, long maxPixels) {
    this.tools = tools;
    this.limits = limits;
    this.work = work;
    this.maxPixels = maxPixels;
    this.frames = new FrameTaking(tools, maxPixels);
  }

  /** Whether a video can be looked at. */
  public boolean areReadable() {
    return Program.isInstalled(tools.ffprobe());
  }

  /** Whether copies are made here. */
  public boolean areMade() {
    return limits.atOnce() > 0 && areReadable() && Program.isInstalled(tools.ffmpeg());
  }

  /** How many are made at a time. */
  public int atOnce() {
    return areMade() ? limits.atOnce() : 0;
  }

  /** Told about a conversion, about twice a second. */
  @FunctionalInterface
  public interface Progress {
    /**
     * How far it is.
     *
     * @param done from 0 to 1
     * @return false when the copy is not wanted any more
     * @throws IOException when it cannot continue now, as for lack of room
     */
    boolean isAt(double done) throws IOException;
  }

  /**
   * Why a video needs a copy.
   *
   * @param contentType MIME type that it is served as
   * @return what it is, for people, such as {@code HEVC, QuickTime}; empty when every browser plays
   *     it as it is
   * @throws NoPreviewException when it cannot be read, by its own fault or its cost
   * @throws IOException when the programs cannot be run now
   */
  public Optional<String> obstacle(Path file, String contentType)
      throws IOException, NoPreviewException, InterruptedException {
    Path folder = work.newFolder();
    try {
      VideoFacts facts = frames.facts(file, folder.resolve("facts"));
      VideoTrack track = frames.track(facts);
      VideoStreams streams = VideoStreams.of(facts, track.index());
      return !track.isHdr() && streams.playEverywhere(contentType)
          ? Optional.empty()
          : Optional.of(streams.words(track.isHdr(), contentType));
    } finally {
      work.release(folder);
    }
  }

  /**
   * Makes a copy.
   *
   * @return the copy, to be closed; empty when it is not wanted any more
   * @throws NoPreviewException when there can be none, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  public Optional<VideoCopy> make(Path file, Progress progress)
      throws IOException, NoPreviewException, InterruptedException {
    Path folder = work.newFolder();
    boolean isMade = false;
    try {
      VideoFacts facts = frames.facts(file, folder.resolve("facts"));
      VideoTrack track = frames.track(facts);
      VideoStreams streams = VideoStreams.of(facts, track.index());
      CopyForm form = CopyForm.of(track, streams, limits);
      Path copy = folder.resolve("copy.mp4");
      isMade = make(file, form, copy, progress);
      return isMade
          ? Optional.of(new VideoCopy(copy, form.width(), form.height(), work))
          : Optional.empty();
    } finally {
      if (!isMade) {
        work.release(folder);
      }
    }
  }

  private boolean make(Path file, CopyForm form, Path copy, Progress progress)
      throws IOException, NoPreviewException, InterruptedException {
    if (form.isHdr()) {
      try {
        return make(file, form, form.options(true), copy, progress);
      } catch (NoPreviewException e) {
        if (e.obstacle() != Obstacle.FILE) {
          throw e;
        }
        // An ffmpeg without zscale, or colours that it cannot convert: as they are.
      }
    }
    return make(file, form, form.options(false), copy, progress);
  }

  private boolean make(Path file, CopyForm form, List<String> options, Path copy, Progress progress)
      throws IOException, NoPreviewException, InterruptedException {
    long size = Files.size(file);
    double seconds = limits.seconds(form.track(), size);
    if (limits.isTooLong(seconds)) {
      throw NoPreviewException.broken(
          "The video is longer than the " + limits.mostMinutes() + " minutes that are converted.");
    }
    ConversionNews news = new ConversionNews(seconds);
    return LongRun.run(
        file,
        command(file, options, copy),
        limits.of(seconds, form.bytes(seconds, size), tools.limits().megabytes()),
        news,
        () -> progress.isAt(news.done()));
  }

  private List<String> command(Path file, List<String> options, Path copy) {
    String threads = Integer.toString(limits.threads());
    List<String> command =
        new ArrayList<>(List.of(tools.ffmpeg(), "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of("-nostats", "-progress", "pipe:1"));
    command.addAll(List.of("-filter_threads", threads, "-threads", threads));
    command.addAll(FrameTaking.SOURCE);
    command.addAll(List.of("-max_pixels", Long.toString(Math.min(maxPixels, Integer.MAX_VALUE))));
    command.addAll(List.of("-i", "file:" + file));
    command.addAll(options);
    command.add("file:" + copy);
    return command;
  }
}
