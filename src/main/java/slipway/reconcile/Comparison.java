package slipway.reconcile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.StillAtWorkException;
import slipway.media.Leftovers;
import slipway.node.Claims;

/**
 * Compares the media folder with the database once after the start, while requests are served, and
 * then counts the grace time of what is set aside. Nothing is deleted for lack of a row.
 */
public final class Comparison implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  /** For a batch of files, and for how long it may fail. */
  private static final Duration MOST_STEP = Duration.ofMinutes(10);

  /** How soon nodes that share a folder compare again. */
  private static final Duration AGAIN = Duration.ofHours(6);

  private final Path folder;
  private final Leftovers leftovers;
  private final Scan scan;
  private final Duration grace;
  private final Claims claims;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread("slipway-comparison", this::turn);
  private volatile Standing standing = new Standing(false, false, 0, 0);

  /** When the last step of a turn began, and when a turn last succeeded. */
  private volatile long step = System.nanoTime();

  private volatile long success = System.nanoTime();

  /** Whether no comparison was made since this node became responsible. */
  private boolean isDue = true;

  private long compared;

  /** When the grace time was counted last, or began. */
  private long counted;

  /**
   * One that is yet to start.
   *
   * @param folder the media folder, for the log
   * @param grace how long the service runs before what is set aside is deleted
   */
  public Comparison(Path folder, Leftovers leftovers, Scan scan, Duration grace) {
    this(folder, leftovers, scan, grace, Claims.ALONE);
  }

  /**
   * The same on one of the nodes that share folder and database: the one that has the claim
   * compares, again and again, as others may have left something since.
   */
  public Comparison(Path folder, Leftovers leftovers, Scan scan, Duration grace, Claims claims) {
    this.claims = claims;
    this.folder = folder;
    this.leftovers = leftovers;
    this.scan = scan;
    this.grace = grace;
  }

  /** Starts to compare; returns itself, to be closed. */
  public Comparison start() {
    thread.start();
    return this;
  }

  /** The state of the comparison, as far as it is known. */
  public Standing standing() {
    return standing;
  }

  @Override
  public String loopName() {
    return "comparison";
  }

  @Override
  public boolean isWell() {
    Duration most = pause().plus(MOST_STEP);
    return thread.isAlive()
        && since(step).compareTo(most) < 0
        && !(standing.isFailing() && since(success).compareTo(most) > 0);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Waits after the work, so that the first turn compares at once. */
  private boolean turn() throws InterruptedException {
    step = System.nanoTime();
    try {
      work();
      success = System.nanoTime();
    } catch (IOException | RuntimeException | Error e) {
      standing = standing.failing();
      warn(e);
    }
    step = System.nanoTime();
    return !closed.await(pause().toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The grace time begins when the comparison has ended, and the time of a failed turn does not
   * count, as nothing was reported then and nothing could be brought back.
   */
  private void work() throws IOException {
    if (!claims.take(0)) {
      isDue = true;
      standing = new Standing(true, false, leftovers.countAside(), standing.missing());
    } else if (isDue || claims != Claims.ALONE && since(compared).compareTo(AGAIN) > 0) {
      compare();
      isDue = !standing.compared();
      compared = System.nanoTime();
      counted = compared;
    } else {
      long last = counted;
      counted = System.nanoTime();
      scan.bringBack();
      pass(Duration.ofNanos(Math.min(counted - last, pause().multipliedBy(2).toNanos())));
    }
  }

  private boolean isOver() {
    step = System.nanoTime();
    return closed.getCount() == 0;
  }

  private Duration pause() {
    Duration some = grace.dividedBy(4);
    Duration most = some.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : some;
    return most.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : most;
  }

  /** At the end of the service, a closed database is no failure. */
  private void warn(Throwable e) {
    if (closed.getCount() > 0) {
      LOG.warn("Database and media folder could not be compared; will try again", e);
    }
  }

  private void compare() throws IOException {
    int back = scan.bringBack();
    if (back > 0) {
      LOG.warn(
          "Files that were set aside, and are brought back because the database refers to them: {}",
          back);
    }
    int deleted = leftovers.deleteUnacknowledged();
    if (deleted > 0) {
      LOG.info(
          "Files deleted, of uploads that were interrupted before an answer or were being removed: {}",
          deleted);
    }
    Scan.Found found = scan.run(this::isOver);
    standing = new Standing(found.isWhole(), false, leftovers.countAside(), found.missing());
    if (found.isWhole()) {
      leftovers.end();
    }
    tell(found);
  }

  /** Such as "30 days"; in hours where it is not whole days. */
  static String inWords(Duration time) {
    return time.toDays() > 1 && time.toHours() % 24 == 0
        ? time.toDays() + " days"
        : time.toHours() + " hours";
  }

  private void tell(Scan.Found found) {
    if (found.moved() > 0) {
      LOG.warn("Files moved to the trees in which the database has them: {}", found.moved());
    }
    if (found.lost() > 0) {
      LOG.warn(
          "Photos whose renditions are missing: {}. They are made again; videos that had been given"
              + " another picture get one of their own",
          found.lost());
    }
    if (found.unknown() > 0) {
      LOG.warn(
          "Files set aside, because no row of the database refers to them: {}{}. They are in {}, each at the"
              + " path it had, and are deleted after {} of service (slipway.media.set-aside)."
              + " With a database that refers to them, the start brings them back",
          found.unknown(),
          found.newer() == 0
              ? ""
              : ", "
                  + found.newer()
                  + " of them newer than its newest photo: "
                  + "the database is older than the media, or has lost its last commits",
          aside(),
          inWords(grace));
    } else if (standing.setAside() > 0) {
      LOG.warn("Files still set aside in {}: {}", aside(), standing.setAside());
    }
    if (found.missing() > 0) {
      LOG.warn(
          "Photos without their file: {} in {}, such as {}. The media are older than the database,"
              + " or files were lost. Put them back from a back-up of the media",
          found.missing(),
          folder,
          found.example());
    }
  }

  private Path aside() {
    return folder.resolve("set-aside");
  }

  private void pass(Duration ran) throws IOException {
    int deleted = leftovers.pass(ran, grace, scan::known);
    standing = new Standing(true, false, leftovers.countAside(), standing.missing());
    if (deleted > 0) {
      LOG.warn("Files deleted, as they had been set aside for the grace time: {}", deleted);
    }
  }

  /**
   * Waits for the step under way.
   *
   * @throws StillAtWorkException when it does not end
   */
  @Override
  public void close() {
    closed.countDown();
    if (!thread.join(MOST_CLOSE)) {
      throw new StillAtWorkException("Database and media folder are still being compared");
    }
  }
}
