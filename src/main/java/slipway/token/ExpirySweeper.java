package slipway.token;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps what is expired on a schedule. */
public final class ExpirySweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);

  private static final int CLOSE_SECONDS = 10;

  private final String what;
  private final IntSupplier sweep;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "slipway-sweeper"));

  /**
   * Starts to sweep, first after one period.
   *
   * @param what what is swept, for the log
   * @param sweep sweeps, and tells how many were
   */
  public ExpirySweeper(String what, IntSupplier sweep, Duration period) {
    this.what = what;
    this.sweep = sweep;
    long millis = period.toMillis();
    schedule.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      LOG.debug("Swept {} expired {}", sweep.getAsInt(), what);
    } catch (RuntimeException e) {
      // An exception would end the schedule for good.
      LOG.warn("Could not sweep the expired {}; will try again", what, e);
    }
  }

  /** Waits for a sweep that is under way: it works on what is closed next. */
  @Override
  public void close() throws InterruptedException {
    schedule.shutdownNow();
    if (!schedule.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("The sweep of the expired {} still runs", what);
    }
  }
}
