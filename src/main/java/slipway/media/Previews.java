package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.HealthFact;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.decoder.Decoders;
import slipway.media.heif.HeifPictures;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.NotStartedException;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoTools;
import slipway.media.video.Videos;

/**
 * Makes pictures from files of any kind. Files are read by separate processes, so that no file uses
 * the server's memory.
 */
public final class Previews implements AutoCloseable, HealthFact {
  private static final String VIDEOS = "video/";
  private static final String PICTURES = "image/";
  private static final String HEIF = "image/heif";

  private static final Logger LOG = LoggerFactory.getLogger(Previews.class);
  private static final Duration PROBE_PAUSE = Duration.ofMinutes(2);

  private final Decoders decoders;
  private final Videos videos;
  private final HeifPictures heif;

  /** The kinds of files whose program could not be started at the last attempt. */
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  private final Duration probePause;
  private final AtomicLong lastProbe;

  /**
   * Makes them within these limits.
   *
   * @param work a folder for intermediate files, which is emptied; it may be a link to one
   */
  public Previews(Path work, DecoderLimits pictures, HeifTool heif, VideoTools video)
      throws IOException {
    this(work, pictures, heif, video, PROBE_PAUSE);
  }

  /** The same, with another time until the next check whether a program can be started. */
  Previews(Path work, DecoderLimits pictures, HeifTool heif, VideoTools video, Duration probePause)
      throws IOException {
    this.probePause = probePause;
    this.lastProbe = new AtomicLong(System.nanoTime() - probePause.toNanos());
    WorkFolder folder = new WorkFolder(work);
    folder.clear();
    this.decoders = new Decoders(pictures, folder);
    this.heif = new HeifPictures(heif, decoders, folder);
    this.videos = new Videos(video, decoders, folder, pictures.maxPixels());
  }

  /**
   * The picture of a file.
   *
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   * @return the picture, to be closed
   * @throws NoPreviewException when there is none, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  public DecodedPicture of(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    if (contentType.startsWith(VIDEOS)) {
      return watched(VIDEOS, () -> videos.preview(file, contentType, maxWidth));
    }
    if (HeifPictures.TYPES.contains(contentType)) {
      return watched(HEIF, () -> heif.preview(file, contentType, maxWidth));
    }
    if (contentType.startsWith(PICTURES)) {
      return watched(PICTURES, () -> decoders.decode(file, contentType, maxWidth));
    }
    throw NoPreviewException.keptAsItIs(contentType);
  }

  /**
   * The picture of a video at a time.
   *
   * @param millis from its start
   * @param maxWidth pixels, of the picture as shown
   * @return the picture, to be closed
   * @throws NoPreviewException when there is none, or ffmpeg and ffprobe are not installed
   * @throws IOException when it failed this time, by no fault of the file
   */
  public DecodedPicture at(Path video, String contentType, long millis, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return watched(VIDEOS, () -> videos.at(video, contentType, millis, maxWidth));
  }

  private interface Decoding {
    DecodedPicture run() throws IOException, NoPreviewException, InterruptedException;
  }

  private DecodedPicture watched(String kind, Decoding decoding)
      throws IOException, NoPreviewException, InterruptedException {
    try {
      DecodedPicture made = decoding.run();
      failing.remove(kind);
      return made;
    } catch (NotStartedException e) {
      failing.add(kind);
      lastProbe.set(System.nanoTime());
      throw e;
    } catch (NoPreviewException e) {
      if (e.obstacle() != Obstacle.KIND) {
        failing.remove(kind);
      }
      throw e;
    }
  }

  @Override
  public String factName() {
    return "decoding";
  }

  /** Whether the programs that read files could be started when they were last needed. */
  @Override
  public boolean isGood() {
    return failing.isEmpty();
  }

  /** Whether there are pictures of videos: that takes ffmpeg and ffprobe. */
  public boolean takeVideos() {
    return videos.areReadable();
  }

  /** The types of HEIC and AVIF files; none where no program for them is installed. */
  public Set<String> heifTypes() {
    return heif.areReadable() ? HeifPictures.TYPES : Set.of();
  }

  /**
   * Called when there is nothing to do: ends the processes that have been idle for a while, and
   * checks now and then whether programs that could not be started can be started now.
   */
  public void rest() throws InterruptedException {
    if (!failing.isEmpty() && isProbeDue()) {
      probe(PICTURES, decoders::probe);
      probe(VIDEOS, videos::probe);
      probe(HEIF, heif::probe);
    }
    decoders.rest();
  }

  private boolean isProbeDue() {
    long now = System.nanoTime();
    long last = lastProbe.get();
    return now - last >= probePause.toNanos() && lastProbe.compareAndSet(last, now);
  }

  private interface ProgramStart {
    void run() throws IOException, InterruptedException;
  }

  private void probe(String kind, ProgramStart start) throws InterruptedException {
    if (failing.contains(kind)) {
      try {
        start.run();
        failing.remove(kind);
      } catch (IOException e) {
        LOG.debug("Files of the kind {} still get no pictures", kind, e);
      }
    }
  }

  /** Ends the idle processes. */
  @Override
  public void close() {
    decoders.close();
  }
}
