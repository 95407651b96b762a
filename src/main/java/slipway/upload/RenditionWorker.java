package slipway.upload;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.NoPreviewException;
import slipway.media.Preview;
import slipway.media.Previews;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Facts;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;

/**
 * What follows an upload: makes the renditions of every photo that waits for them, on a few threads
 * of its own. A file at which every attempt fails, or which ends the server, is given up.
 */
public final class RenditionWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RenditionWorker.class);
  private static final int MOST_ATTEMPTS = 5;
  private static final long LOOK_MILLIS = 500;
  private static final long CLOSE_SECONDS = 10;

  private final RenditionQueue queue;
  private final MediaStore media;
  private final Previews previews;
  private final int threads;
  private final ScheduledExecutorService pool;
  private final Set<Long> busy = new HashSet<>();

  /**
   * Starts to work.
   *
   * @param threads how many files are worked on at a time
   */
  public RenditionWorker(RenditionQueue queue, MediaStore media, Previews previews, int threads) {
    this.queue = queue;
    this.media = media;
    this.previews = previews;
    this.threads = threads;
    this.pool =
        Executors.newScheduledThreadPool(threads, task -> new Thread(task, "slipway-renditions"));
    for (int i = 0; i < threads; i++) {
      pool.scheduleWithFixedDelay(this::work, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Works until nothing waits, or an attempt fails for want of disk or memory. */
  private void work() {
    try {
      for (Optional<Job> job = take(); job.isPresent(); job = take()) {
        try {
          attempt(job.get());
        } finally {
          release(job.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("Could not keep renditions; will try again: {}", e.toString());
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      // Anything thrown from here would end the schedule for good.
      if (!pool.isShutdown()) {
        LOG.warn("Could not make renditions; will try again", e);
      }
    }
  }

  private Optional<Job> take() {
    synchronized (busy) {
      if (pool.isShutdown()) {
        return Optional.empty();
      }
      Optional<Job> job =
          queue.first(threads).stream().filter(one -> !busy.contains(one.photoId())).findFirst();
      job.ifPresent(one -> busy.add(one.photoId()));
      return job;
    }
  }

  private void release(Job job) {
    synchronized (busy) {
      busy.remove(job.photoId());
    }
  }

  private void attempt(Job job) throws IOException, InterruptedException {
    if (job.attempts() >= MOST_ATTEMPTS) {
      end(job, RenditionState.FAILED, "No attempt to read the file came to its end.");
      return;
    }
    queue.begin(job);
    try {
      make(job);
    } catch (NoPreviewException e) {
      end(job, e.isBroken() ? RenditionState.FAILED : RenditionState.ORIGINAL_ONLY, e.getMessage());
    } catch (IOException | InterruptedException e) {
      // A full disk or the end of the server is not the file's fault.
      queue.giveBack(job);
      throw e;
    }
  }

  private void make(Job job) throws IOException, NoPreviewException, InterruptedException {
    MediaKey key = new MediaKey(job.treeId(), job.mediaKey());
    Preview preview = previews.of(media.path(key), job.contentType(), RenditionSize.LARGE.most());
    Map<String, byte[]> renditions = new LinkedHashMap<>();
    for (RenditionSize size : RenditionSize.values()) {
      var fitting = size.of(preview.width(), preview.height());
      renditions.put(
          size.id(), preview.rendition(fitting.width(), fitting.height(), size.isSquare()));
    }
    media.keepRenditions(key, renditions);
    Facts facts =
        new Facts(preview.width(), preview.height(), preview.durationMillis(), preview.takenAt());
    if (!queue.done(job, facts)) {
      LOG.debug("Photo {} was deleted or got another file meanwhile", job.photoId());
      media.delete(key);
    }
  }

  private void end(Job job, RenditionState state, String reason) {
    LOG.info("Photo {} has no renditions: {}", job.photoId(), reason);
    queue.end(job, state, reason);
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() throws InterruptedException {
    pool.shutdownNow();
    if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("A rendition is still being made");
    }
  }
}
