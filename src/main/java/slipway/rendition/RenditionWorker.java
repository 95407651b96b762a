package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.DiskNews;
import slipway.disk.FullDisk;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.Preview;
import slipway.photo.PhotoFacts;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;

/**
 * What follows an upload: makes the renditions of every photo that waits for them, on a few threads
 * of its own. A file at which every attempt fails, or which ends the server, is given up.
 */
public final class RenditionWorker implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(RenditionWorker.class);
  private static final int MOST_ATTEMPTS = 5;

  /** Between looks without an announcement: an earlier attempt may have left something. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  private final RenditionQueue queue;
  private final MediaStore media;
  private final Previews previews;
  private final List<LoopThread> threads = new ArrayList<>();
  private final Set<Long> busy = new HashSet<>();
  private volatile boolean closed;

  /**
   * Starts to work, also on the videos of a time without ffmpeg if it is there now.
   *
   * @param threads how many files are worked on at a time
   */
  public RenditionWorker(RenditionQueue queue, MediaStore media, Previews previews, int threads) {
    this.queue = queue;
    this.media = media;
    this.previews = previews;
    if (previews.takeVideos()) {
      queue.retryVideos();
    }
    for (int i = 0; i < threads; i++) {
      this.threads.add(new LoopThread("slipway-renditions", this::turn));
    }
    this.threads.forEach(LoopThread::start);
  }

  private boolean turn() throws InterruptedException {
    // The JDK's own threads that are begun here, such as the one for programs, outlive this one.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    if (!closed) {
      work();
    }
    if (!closed) {
      queue.await(PAUSE);
    }
    return !closed;
  }

  @Override
  public String loopName() {
    return "renditions";
  }

  @Override
  public boolean isWell() {
    return threads.stream().allMatch(LoopThread::isAlive);
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
      later(e);
    } catch (RuntimeException | Error e) {
      // The others of the queue are still to be made.
      warn("Could not make renditions; will try again", e);
    }
  }

  /** Of a full disk the log is told once, not at each attempt. */
  private void later(IOException why) {
    String message = "Could not make or keep renditions; will try again: {}";
    if (FullDisk.isReasonOf(why)) {
      DiskNews.OF_FILES.full();
      LOG.debug(message, why.toString());
    } else {
      warn(message, why.toString());
    }
  }

  /** At the end of the server, that an attempt fails is no news. */
  private void warn(String message, Object about) {
    if (!closed) {
      LOG.warn(message, about);
    }
  }

  private Optional<Job> take() {
    synchronized (busy) {
      if (closed) {
        return Optional.empty();
      }
      Optional<Job> job =
          queue.first(threads.size()).stream()
              .filter(one -> !busy.contains(one.photoId()))
              .findFirst();
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
      end(
          job,
          RenditionState.FAILED,
          "No attempt to read the file came to its end.",
          PhotoFacts.NONE);
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
    Preview preview = preview(key, job.contentType());
    MediaFacts about = preview.facts();
    Map<String, byte[]> renditions = new LinkedHashMap<>();
    Map<RenditionSize, Long> bytes = new EnumMap<>(RenditionSize.class);
    for (RenditionSize size : RenditionSize.values()) {
      var fitting = size.of(about.width(), about.height());
      byte[] one = preview.rendition(fitting.width(), fitting.height(), size.isSquare());
      renditions.put(size.id(), one);
      bytes.put(size, (long) one.length);
    }
    media.keepRenditions(key, renditions);
    if (!queue.done(job, facts(about), bytes)) {
      LOG.debug("Photo {} was deleted or got another file meanwhile", job.photoId());
      media.delete(key);
    }
  }

  private Preview preview(MediaKey key, String contentType)
      throws IOException, NoPreviewException, InterruptedException {
    Optional<LocalFile> local = media.local(key);
    if (local.isEmpty()) {
      throw NoPreviewException.broken("The file is missing.");
    }
    try (LocalFile file = local.get()) {
      return previews.of(file.path(), contentType, RenditionSize.LARGE.most());
    }
  }

  private void end(Job job, RenditionState state, String reason, PhotoFacts facts) {
    LOG.info("Photo {} has no renditions: {}", job.photoId(), reason);
    queue.end(job, state, reason, facts);
  }

  private static PhotoFacts facts(MediaFacts about) {
    return new PhotoFacts(about.width(), about.height(), about.durationMillis(), about.takenAt());
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LoopThread::interrupt);
    long end = System.nanoTime() + MOST_CLOSE.toNanos();
    for (LoopThread thread : threads) {
      if (!thread.join(Duration.ofNanos(end - System.nanoTime()))) {
        LOG.warn("A rendition is still being made");
      }
    }
  }
}
