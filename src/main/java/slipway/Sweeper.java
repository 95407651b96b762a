package slipway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.clock.ClockWatch;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;

/** Sweeps what has expired, on a schedule. */
public final class Sweeper implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration MOST_CLOSE = Duration.ofSeconds(10);
  private static final Duration MOST_SWEEP = Duration.ofMinutes(10);

  private final String what;
  private final IntSupplier sweep;
  private final Duration period;
  private final Duration mostSweep;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread;
  private final Nuisance nuisance = new Nuisance();

  /**
   * Starts to sweep, first after one period.
   *
   * @param what what is swept, for the log
   * @param sweep sweeps, and returns how many were swept
   */
  public Sweeper(String what, IntSupplier sweep, Duration period) {
    this(what, sweep, period, MOST_SWEEP);
  }

  /**
   * Starts to sweep what is too old by the wall clock, while that may be believed.
   *
   * @param sweep sweeps as of that moment, and returns how many were swept
   */
  static Sweeper byAge(
      String what, ToIntFunction<Instant> sweep, Duration period, ClockWatch watch) {
    return new Sweeper(what, () -> watch.believed().map(sweep::applyAsInt).orElse(0), period);
  }

  /**
   * Starts to sweep, first after one period.
   *
   * @param mostSweep how long a sweep takes at most; one that takes longer is stuck
   */
  Sweeper(String what, IntSupplier sweep, Duration period, Duration mostSweep) {
    this.what = what;
    this.sweep = sweep;
    this.period = period;
    this.mostSweep = mostSweep;
    this.thread = new LoopThread("slipway-sweeper", this::turn).start();
  }

  private boolean turn() throws InterruptedException {
    if (closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      LOG.debug("Swept {} expired {}", sweep.getAsInt(), what);
    } catch (RuntimeException e) {
      if (nuisance.isNews(e)) {
        LOG.warn("Could not sweep the expired {}; will try again", what, e);
      } else {
        LOG.debug("Could not sweep the expired {}", what, e);
      }
    }
    return true;
  }

  @Override
  public String loopName() {
    return "sweep of " + what;
  }

  @Override
  public boolean isWell() {
    return thread.isWell(period.plus(mostSweep));
  }

  /** Waits for a sweep that is under way: it works on what is closed next. */
  @Override
  public void close() {
    closed.countDown();
    if (!thread.join(MOST_CLOSE)) {
      LOG.warn("The sweep of the expired {} still runs", what);
    }
  }
}
