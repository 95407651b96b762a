package slipway.rendition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import slipway.media.MediaPresence;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.decoder.DecodedPicture;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.KilledException;
import slipway.photo.PhotoFacts;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;

/**
 * What follows an upload: makes the renditions of every photo that waits for them, on a few threads
 * of its own. A file that costs too much, or ends the server, is tried a few times and then given
 * up. Where something else stands in the way, its photo waits, and those behind it are next.
 */
public final class RenditionWorker implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(RenditionWorker.class);
  private static final int MOST_ATTEMPTS = 5;

  /** After that many, a file counts as too costly. */
  private static final int MOST_COSTLY_ATTEMPTS = 3;

  /** Between looks without an announcement: an earlier attempt may have left something. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  /** Until a photo is tried again; each time twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  /** The machine may have less to do by then. */
  private static final int COSTLY_PAUSES = 6;

  private final RenditionQueue queue;
  private final JobSearch<Job> search;
  private final MissingFiles missing;
  private final MediaStore media;
  private final Previews previews;
  private final List<LoopThread> threads = new ArrayList<>();
  private final Set<Long> busy = new HashSet<>();
  private final Setbacks setbacks;
  private volatile boolean isTroubled;
  private volatile boolean closed;

  /**
   * Starts to work, also on the videos and HEIC files of a time without the programs for them, if
   * these are there now.
   *
   * @param presence whether the media are there at all
   * @param threads how many files are worked on at a time
   */
  public RenditionWorker(
      RenditionQueue queue,
      MediaStore media,
      MediaPresence presence,
      Previews previews,
      int threads) {
    this(queue, media, presence, previews, threads, FIRST_PAUSE);
  }

  RenditionWorker(
      RenditionQueue queue,
      MediaStore media,
      MediaPresence presence,
      Previews previews,
      int threads,
      Duration firstPause) {
    this.setbacks = new Setbacks(firstPause);
    Gauge.builder("slipway.renditions.set.back", setbacks, Setbacks::count)
        .description("Photos whose renditions could not be made, and are tried again later")
        .register(Metrics.globalRegistry);
    this.queue = queue;
    this.search = new JobSearch<>(queue::after);
    this.media = media;
    this.missing = new MissingFiles(queue, media, presence);
    this.previews = previews;
    if (previews.takeVideos()) {
      queue.retryVideos();
    }
    queue.retryPictures(previews.heifTypes());
    for (int i = 0; i < threads; i++) {
      this.threads.add(new LoopThread("slipway-renditions", this::turn));
    }
    this.threads.forEach(LoopThread::start);
  }

  private boolean turn() throws InterruptedException {
    // The JDK's own threads that are begun here, such as the one for programs, outlive this one.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    if (!closed) {
      missing.look();
      work();
    }
    if (!closed && !queue.await(setbacks.next(PAUSE))) {
      previews.rest();
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

  /** Works until nothing waits, or something stands in the way. */
  private void work() throws InterruptedException {
    for (Optional<Job> job = take(); job.isPresent(); job = take()) {
      try {
        attempt(job.get());
        isTroubled = false;
        DiskNews.OF_PICTURES.roomy();
      } catch (IOException | RuntimeException | Error e) {
        setBack(job.get(), e);
        return;
      } finally {
        release(job.get());
      }
    }
  }

  /** The next photo may do, or the same one later: a full disk is not the file's fault. */
  private void setBack(Job job, Throwable failure) {
    if (KilledException.isReasonOf(failure)) {
      // It may be the file's fault, after all: then it must not have the others killed with it.
      setbacks.addRare(job.mediaKey(), COSTLY_PAUSES);
    } else {
      setbacks.add(job.mediaKey(), 1);
    }
    if (closed) {
      return;
    }
    boolean isFullDisk = FullDisk.isReasonOf(failure);
    if (isFullDisk) {
      DiskNews.OF_PICTURES.full();
    }
    if (isFullDisk || isTroubled) {
      LOG.debug("Could not make the renditions of photo {}", job.photoId(), failure);
    } else {
      LOG.warn("Could not make the renditions of photo {}; will try again", job.photoId(), failure);
    }
    isTroubled = true;
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
    boolean isTheFiles = false;
    try {
      make(job);
      isTheFiles = true;
    } catch (NoPreviewException e) {
      isTheFiles = true;
      refuse(job, e);
    } finally {
      if (!isTheFiles) {
        queue.giveBack(job);
      }
    }
  }

  private void refuse(Job job, NoPreviewException why) {
    boolean isCostly = why.obstacle() == Obstacle.COST;
    if (isCostly && job.attempts() + 1 < MOST_COSTLY_ATTEMPTS) {
      LOG.info("Photo {} has no renditions yet: {}", job.photoId(), why.getMessage());
      setbacks.add(job.mediaKey(), COSTLY_PAUSES);
      return;
    }
    RenditionState state =
        why.obstacle() == Obstacle.KIND ? RenditionState.ORIGINAL_ONLY : RenditionState.FAILED;
    end(job, state, why.getMessage(), facts(why.facts()));
  }

  private void make(Job job) throws IOException, NoPreviewException, InterruptedException {
    MediaKey key = new MediaKey(job.treeId(), job.mediaKey());
    Optional<LocalFile> local = media.local(key);
    if (local.isEmpty()) {
      if (!missing.isMissing(key)) {
        throw new IOException("The file was not there just now");
      }
      missing.add(job);
      throw NoPreviewException.broken(RenditionQueue.MISSING);
    }
    try (LocalFile file = local.get();
        DecodedPicture picture =
            previews.of(file.path(), job.contentType(), RenditionSize.LARGE.most())) {
      MediaFacts about = picture.facts();
      RenditionSet made = RenditionSet.of(picture, about.width(), about.height(), false);
      boolean isDone =
          new RenditionSwitch(media)
              .to(
                  key,
                  made.files(),
                  version -> queue.done(job, facts(about), version, made.bytes()));
      setbacks.remove(job.mediaKey());
      if (!isDone) {
        LOG.debug("Photo {} was deleted or got another file meanwhile", job.photoId());
      }
    }
  }

  private void end(Job job, RenditionState state, String reason, PhotoFacts facts) {
    LOG.info("Photo {} has no renditions: {}", job.photoId(), reason);
    setbacks.remove(job.mediaKey());
    queue.end(job, state, reason, facts);
  }

  static PhotoFacts facts(MediaFacts about) {
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
