package slipway.upload;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.MediaFacts;
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

  /** Between looks without an announcement: an earlier attempt may have left something. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final long CLOSE_SECONDS = 10;
  private static final Facts NOTHING = new Facts(null, null, null, null);

  private final RenditionQueue queue;
  private final MediaStore media;
  private final Previews previews;
  private final int threads;
  private final ExecutorService pool;
  private final Set<Long> busy = new HashSet<>();

  /**
   * Starts to work, also on the videos of a time without ffmpeg if it is there now.
   *
   * @param threads how many files are worked on at a time
   */
  public RenditionWorker(RenditionQueue queue, MediaStore media, Previews previews, int threads) {
    this.queue = queue;
    this.media = media;
    this.previews = previews;
    this.threads = threads;
    if (previews.takeVideos()) {
      queue.retryVideos();
    }
    this.pool = Executors.newCachedThreadPool(RenditionWorker::thread);
    for (int i = 0; i < threads; i++) {
      pool.execute(this::run);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "slipway-renditions");
    // The JDK's own threads that are begun here, such as the one for programs, outlive it.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  private void run() {
    try {
      while (!pool.isShutdown()) {
        work();
        queue.await(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Works until nothing waits, or an attempt fails for want of disk or memory. */
  private void work() throws InterruptedException {
    try {
      for (Optional<Job> job = take(); job.isPresent(); job = take()) {
        try {
          attempt(job.get());
        } finally {
          release(job.get());
        }
      }
    } catch (IOException e) {
      warn("Could not keep renditions; will try again: {}", e.toString());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // The others of the queue are still to be made.
      warn("Could not make renditions; will try again", e);
    }
  }

  /** At the end of the server, that an attempt fails is no news. */
  private void warn(String message, Object about) {
    if (!pool.isShutdown()) {
      LOG.warn(message, about);
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
      end(job, RenditionState.FAILED, "No attempt to read the file came to its end.", NOTHING);
      return;
    }
    queue.begin(job);
    try {
      make(job);
    } catch (NoPreviewException e) {
      RenditionState state = e.isBroken() ? RenditionState.FAILED : RenditionState.ORIGINAL_ONLY;
      end(job, state, e.getMessage(), facts(e.facts()));
    } catch (IOException | InterruptedException e) {
      // A full disk or the end of the server is not the file's fault.
      queue.giveBack(job);
      throw e;
    }
  }

  private void make(Job job) throws IOException, NoPreviewException, InterruptedException {
    MediaKey key = new MediaKey(job.treeId(), job.mediaKey());
    Preview preview = previews.of(media.path(key), job.contentType(), RenditionSize.LARGE.most());
    MediaFacts about = preview.facts();
    Map<String, byte[]> renditions = new LinkedHashMap<>();
    for (RenditionSize size : RenditionSize.values()) {
      var fitting = size.of(about.width(), about.height());
      renditions.put(
          size.id(), preview.rendition(fitting.width(), fitting.height(), size.isSquare()));
    }
    media.keepRenditions(key, renditions);
    if (!queue.end(job, RenditionState.DONE, "", facts(about))) {
      LOG.debug("Photo {} was deleted or got another file meanwhile", job.photoId());
      media.delete(key);
    }
  }

  private void end(Job job, RenditionState state, String reason, Facts facts) {
    LOG.info("Photo {} has no renditions: {}", job.photoId(), reason);
    queue.end(job, state, reason, facts);
  }

  private static Facts facts(MediaFacts about) {
    return new Facts(about.width(), about.height(), about.durationMillis(), about.takenAt());
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
