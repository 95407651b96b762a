package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.FullDisk;
import slipway.health.Loop;
import slipway.health.LoopThreads;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.KilledException;
import slipway.node.Claims;
import slipway.photo.RenditionQueue.Job;

/**
 * Runs a task for every photo that waits for it, on threads of its own. A file that costs too much,
 * or ends the server, is tried a few times and then given up. If the obstacle is something else,
 * its photo waits, and those after it are next.
 */
public final class JobLoop implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
  private static final int MOST_ATTEMPTS = 5;

  /** After this many attempts, a file counts as too costly. */
  private static final int MOST_COSTLY_ATTEMPTS = 3;

  /** The pause before a photo is tried again, doubled each time. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  /** The pause after a costly attempt, as the machine may have less to do by then. */
  private static final int COSTLY_PAUSES = 6;

  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  private final JobTask task;
  private final Claims claims;
  private final JobSearch<Job> search;
  private final Setbacks setbacks;
  private final Set<Long> busy = new HashSet<>();
  private final LoopThreads threads;
  private volatile boolean isTroubled;
  private volatile boolean closed;

  /**
   * A loop that has yet to be started.
   *
   * @param claims what the nodes take of these jobs, by the photos' numbers
   */
  JobLoop(JobTask task, Claims claims, int threads) {
    this(task, claims, threads, FIRST_PAUSE);
  }

  JobLoop(JobTask task, Claims claims, int threads, Duration firstPause) {
    this.task = task;
    this.claims = claims;
    this.search = new JobSearch<>(task::after);
    this.setbacks = new Setbacks(firstPause, task::stillWaiting);
    this.threads = new LoopThreads("slipway-" + task.name(), threads, this::turn);
  }

  /** Begins to work. */
  public JobLoop start() {
    threads.start();
    return this;
  }

  /** How many photos are tried again later. */
  int setBack() {
    return setbacks.count();
  }

  private boolean turn() throws InterruptedException {
    // The JDK's own threads that are begun here, such as the one for programs, outlive this one.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    if (!closed) {
      task.prepare();
      work();
    }
    if (!closed) {
      setbacks.review();
      task.rest(setbacks.next(task.pause()));
    }
    return !closed;
  }

  /** Works until nothing waits, or something stands in the way. */
  private void work() throws InterruptedException {
    for (Optional<Job> job = take(); job.isPresent(); job = take()) {
      if (!isDone(job.get())) {
        return;
      }
    }
  }

  private boolean isDone(Job job) throws InterruptedException {
    try {
      attempt(job);
      isTroubled = false;
      task.disk().roomy();
      return true;
    } catch (IOException | RuntimeException | Error e) {
      setBack(job, e);
      boolean isMoot = !closed && isMoot(job, e);
      if (!closed && !isMoot) {
        tell(job, e);
      }
      return isMoot;
    } finally {
      synchronized (busy) {
        busy.remove(job.photoId());
      }
      claims.giveBack(job.photoId());
    }
  }

  private Optional<Job> take() {
    synchronized (busy) {
      if (closed) {
        return Optional.empty();
      }
      Optional<Job> job =
          search.next(Math.max(busy.size(), claims.count()) + setbacks.count(), this::isTaken);
      job.ifPresent(one -> busy.add(one.photoId()));
      return job;
    }
  }

  private boolean isTaken(Job job) {
    return !busy.contains(job.photoId())
        && setbacks.isOver(job.mediaKey())
        && claims.take(job.photoId());
  }

  private void attempt(Job job) throws IOException, InterruptedException {
    if (job.attempts() >= MOST_ATTEMPTS) {
      fail(job, NoPreviewException.broken("No attempt to read the file came to its end."));
      return;
    }
    if (!task.begin(job)) {
      return;
    }
    boolean isTheFiles = false;
    try {
      task.run(job);
      setbacks.remove(job.mediaKey());
      isTheFiles = true;
    } catch (NoPreviewException e) {
      isTheFiles = true;
      if (!isMoot(job, e)) {
        refuse(job, e);
      }
    } finally {
      if (!isTheFiles) {
        task.giveBack(job);
      }
    }
  }

  private void refuse(Job job, NoPreviewException why) {
    if (why.obstacle() == Obstacle.COST && job.attempts() + 1 < MOST_COSTLY_ATTEMPTS) {
      LOG.info("Could not {} photo {} yet: {}", task.deed(), job.photoId(), why.getMessage());
      setbacks.add(job.mediaKey(), COSTLY_PAUSES);
      return;
    }
    fail(job, why);
  }

  private void fail(Job job, NoPreviewException why) {
    LOG.info("Could not {} photo {}: {}", task.deed(), job.photoId(), why.getMessage());
    setbacks.remove(job.mediaKey());
    task.fail(job, why);
  }

  /** The next photo may succeed, or the same one later: a full disk is not the file's fault. */
  private void setBack(Job job, Throwable failure) {
    if (KilledException.isReasonOf(failure)) {
      // It may be the file's fault after all: then the others must not be killed with it.
      setbacks.addRare(job.mediaKey(), COSTLY_PAUSES);
    } else {
      setbacks.add(job.mediaKey(), 1);
    }
  }

  /** Whether a failure does not matter, as the photo no longer has the file. */
  private boolean isMoot(Job job, Throwable failure) {
    boolean isMoot = setbacks.isMoot(job.mediaKey());
    if (isMoot) {
      LOG.debug("Photo {} was deleted or changed meanwhile", job.photoId(), failure);
    }
    return isMoot;
  }

  private void tell(Job job, Throwable failure) {
    boolean isFullDisk = FullDisk.isReasonOf(failure);
    if (isFullDisk) {
      task.disk().full();
    }
    if (isFullDisk || isTroubled) {
      LOG.debug("Could not {} photo {}", task.deed(), job.photoId(), failure);
    } else {
      LOG.warn("Could not {} photo {}; will try again", task.deed(), job.photoId(), failure);
    }
    isTroubled = true;
  }

  @Override
  public String loopName() {
    return task.name();
  }

  @Override
  public boolean isWell() {
    return threads.areAlive();
  }

  /** Ends the work under way, which the next start takes up again. */
  @Override
  public void close() {
    closed = true;
    if (!threads.end(MOST_CLOSE)) {
      LOG.warn("The last attempt to {} a photo is still under way", task.deed());
    }
  }
}
