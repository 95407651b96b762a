package slipway.reconcile;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;
import slipway.health.StillAtWorkException;
import slipway.node.Claims;

/** Sweeps a bucket now and then, on one of the nodes that share it. */
public final class SweepLoop implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofHours(6);
  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);

  /** A day's objects of a large site, 1,000 a second. */
  private static final Duration MOST_TURN = Duration.ofHours(6);

  private final BucketSweep sweep;
  private final Claims claims;
  private final Nuisance nuisance = new Nuisance();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread("slipway-sweep", this::turn);
  private long last = System.nanoTime();
  private long swept = last - BETWEEN.toNanos();
  private volatile int noted;
  private volatile int missing;

  /** A loop that has not been started. */
  public SweepLoop(BucketSweep sweep, Claims claims) {
    this.sweep = sweep;
    this.claims = claims;
  }

  /** Starts to sweep; returns itself, to be closed. */
  public SweepLoop start() {
    thread.start();
    return this;
  }

  /** How many objects are noted, as of the last turn. */
  public int noted() {
    return noted;
  }

  /** How many photos lack their object, as of the last turn. */
  public int missing() {
    return missing;
  }

  @Override
  public String loopName() {
    return "sweep";
  }

  @Override
  public boolean isWell() {
    return thread.isWell(MOST_TURN);
  }

  private boolean turn() throws InterruptedException {
    try {
      work();
    } catch (IOException | RuntimeException e) {
      if (closed.getCount() > 0 && nuisance.isNews(e)) {
        LOG.warn("The bucket could not be swept; will try again", e);
      }
    }
    return !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void work() throws IOException {
    long now = System.nanoTime();
    Duration ran = Duration.ofNanos(Math.min(now - last, 2 * PAUSE.toNanos()));
    last = now;
    if (claims.take(0)) {
      if (now - swept >= BETWEEN.toNanos()) {
        sweep.sweep();
        swept = now;
      }
      sweep.lookAround();
      sweep.pass(ran);
    }
    noted = sweep.noted();
    missing = sweep.missing();
  }

  /**
   * Waits for the turn under way.
   *
   * @throws StillAtWorkException when it does not end
   */
  @Override
  public void close() {
    closed.countDown();
    if (!thread.join(MOST_CLOSE)) {
      throw new StillAtWorkException("The bucket is still being swept");
    }
  }
}
