package slipway.token;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps the registry on a schedule. */
public final class ExpirySweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);

  private final TokenRegistry registry;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "slipway-token-sweeper"));

  /** Starts to sweep, first after one period. */
  public ExpirySweeper(TokenRegistry registry, Duration period) {
    this.registry = registry;
    long millis = period.toMillis();
    schedule.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      int swept = registry.sweep();
      LOG.debug("Swept {} expired upload tokens", swept);
    } catch (RuntimeException e) {
      // An exception would end the schedule for good.
      LOG.warn("Could not sweep the expired upload tokens; will try again", e);
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
