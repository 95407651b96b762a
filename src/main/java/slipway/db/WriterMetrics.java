package slipway.db;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The metrics of a database's commits. */
public final class WriterMetrics {
  private final DistributionSummary works =
      DistributionSummary.builder("slipway.db.commit.works")
          .description("Writes that shared a commit")
          .register(Metrics.globalRegistry);
  private final Timer time =
      Timer.builder("slipway.db.commit")
          .description("Time of a transaction, with the flush to the disk")
          .register(Metrics.globalRegistry);

  /**
   * Reports a commit.
   *
   * @param count how many writes shared it
   * @param nanos how long their transaction took
   */
  public void committed(int count, long nanos) {
    works.record(count);
    time.record(nanos, TimeUnit.NANOSECONDS);
  }
}
