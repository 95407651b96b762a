package slipway.rendition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import slipway.health.Loop;
import slipway.media.MediaPresence;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.node.Claims;
import slipway.photo.RenditionQueue;

/**
 * What follows an upload: makes the renditions of every photo that waits for them, on a few threads
 * of its own.
 */
public final class RenditionWorker implements AutoCloseable, Loop {
  private final JobLoop loop;

  /**
   * Starts to work, including on videos and HEIC files from a time without the programs for them,
   * if these are installed now.
   *
   * @param room the free disk space; without any, photos wait
   * @param presence whether the media are there at all
   * @param claims what the nodes take of them
   * @param threads how many files are worked on at a time
   */
  public RenditionWorker(
      RenditionQueue queue,
      MediaStore media,
      FreeRoom room,
      MediaPresence presence,
      Previews previews,
      Claims claims,
      int threads) {
    this(queue, media, room, presence, previews, claims, threads, JobLoop.FIRST_PAUSE);
  }

  RenditionWorker(
      RenditionQueue queue,
      MediaStore media,
      FreeRoom room,
      MediaPresence presence,
      Previews previews,
      Claims claims,
      int threads,
      Duration firstPause) {
    SecondTries again = new SecondTries(queue).of(previews.heifTypes());
    if (previews.takeVideos()) {
      again.ofVideos();
    }
    PictureTask task = new PictureTask(queue, media, room, presence, previews, again);
    this.loop = new JobLoop(task, claims, threads, firstPause);
    Gauge.builder("slipway.renditions.set.back", loop, JobLoop::setBack)
        .description("Photos whose renditions could not be made, and are tried again later")
        .register(Metrics.globalRegistry);
    loop.start();
  }

  @Override
  public String loopName() {
    return loop.loopName();
  }

  @Override
  public boolean isWell() {
    return loop.isWell();
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() {
    loop.close();
  }
}
