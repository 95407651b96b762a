package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.FullDisk;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.KilledException;
import slipway.photo.RenditionQueue.Job;

/**
 * Does something with every video that waits for it, on threads of its own, as {@link
 * RenditionWorker} makes pictures: what is no fault of the file is tried again later, and what ends
 * the server or costs too much a few times only.
 */
public final class VideoLoop implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(VideoLoop.class);
  private static final int MOST_ATTEMPTS = 5;

  /** After that many, a file counts as too costly. */
  private static final int MOST_COSTLY_ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  /** The machine may have less to do by then. */
  private static final int COSTLY_PAUSES = 6;

  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  private final VideoTask task;
  private final JobSearch<Job> search;
  private final Setbacks setbacks;
  private final Set<Long> busy = new HashSet<>();
  private final List<LoopThread> threads = new ArrayList<>();
  private volatile boolean isTroubled;
  private volatile boolean closed;

  VideoLoop(VideoTask task, int threads) {
    this(task, threads, FIRST_PAUSE);
  }

  VideoLoop(VideoTask task, int threads, Duration firstPause) {
    this.task = task;
    this.search = new JobSearch<>(task::after);
    this.setbacks = new Setbacks(firstPause);
    for (int i = 0; i < threads; i++) {
      this.threads.add(new LoopThread("slipway-" + task.name(), this::turn));
    }
  }

  /** Begins to work. */
  public VideoLoop start() {
    threads.forEach(LoopThread::start);
    return this;
  }

  private boolean turn() throws InterruptedException {
    // The JDK's own threads that are begun here, such as the one for programs, outlive this one.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    for (Optional<Job> job = take(); job.isPresent(); job = take()) {
      if (!isDone(job.get())) {
        break;
      }
    }
    if (!closed) {
      Thread.sleep(setbacks.next(PAUSE).toMillis());
    }
    return !closed;
  }

  private boolean isDone(Job job) throws InterruptedException {
    try {
      attempt(job);
      isTroubled = false;
      task.disk().roomy();
      return true;
    } catch (IOException | RuntimeException | Error e) {
      setBack(job, e);
      return false;
    } finally {
      synchronized (busy) {
        busy.remove(job.photoId());
      }
    }
  }

  private Optional<Job> take() {
    synchronized (busy) {
      if (closed) {
        return Optional.empty();
      }
      Optional<Job> job =
          search.next(
              busy.size() + setbacks.count(),
              one -> !busy.contains(one.photoId()) && setbacks.isOver(one.mediaKey()));
      job.ifPresent(one -> busy.add(one.photoId()));
      return job;
    }
  }

  private void attempt(Job job) throws IOException, InterruptedException {
    if (job.attempts() >= MOST_ATTEMPTS) {
      fail(job, "No attempt to read the file came to its end.");
      return;
    }
    task.begin(job);
    boolean isTheFiles = false;
    try {
      task.run(job);
      setbacks.remove(job.mediaKey());
      isTheFiles = true;
    } catch (NoPreviewException e) {
      isTheFiles = true;
      refuse(job, e);
    } finally {
      if (!isTheFiles) {
        task.giveBack(job);
      }
    }
  }

  private void refuse(Job job, NoPreviewException why) {
    if (why.obstacle() == Obstacle.COST && job.attempts() + 1 < MOST_COSTLY_ATTEMPTS) {
      LOG.info("{} of photo {} is tried again: {}", task.name(), job.photoId(), why.getMessage());
      setbacks.add(job.mediaKey(), COSTLY_PAUSES);
      return;
    }
    fail(job, why.getMessage());
  }

  private void fail(Job job, String reason) {
    LOG.info("{} of photo {} is given up: {}", task.name(), job.photoId(), reason);
    setbacks.remove(job.mediaKey());
    task.fail(job, reason);
  }

  private void setBack(Job job, Throwable failure) {
    if (KilledException.isReasonOf(failure)) {
      setbacks.addRare(job.mediaKey(), COSTLY_PAUSES);
    } else {
      setbacks.add(job.mediaKey(), 1);
    }
    if (closed) {
      return;
    }
    boolean isFullDisk = FullDisk.isReasonOf(failure);
    if (isFullDisk) {
      task.disk().full();
    }
    if (isFullDisk || isTroubled) {
      LOG.debug("{} of photo {} failed", task.name(), job.photoId(), failure);
    } else {
      LOG.warn("{} of photo {} failed; will try again", task.name(), job.photoId(), failure);
    }
    isTroubled = true;
  }

  @Override
  public String loopName() {
    return task.name();
  }

  @Override
  public boolean isWell() {
    return threads.stream().allMatch(LoopThread::isAlive);
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LoopThread::interrupt);
    long end = System.nanoTime() + MOST_CLOSE.toNanos();
    for (LoopThread thread : threads) {
      if (!thread.join(Duration.ofNanos(end - System.nanoTime()))) {
        LOG.warn("{} is still under way", task.name());
      }
    }
  }
}
