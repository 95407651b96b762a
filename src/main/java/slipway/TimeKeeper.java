package slipway;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.db.LastTimes;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;

/** Records the time every minute, and retakes the reserve of disk space that was given up. */
final class TimeKeeper implements AutoCloseable, Loop {
  private static final Logger LOG = LoggerFactory.getLogger(TimeKeeper.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Longer than a write may wait. */
  private static final Duration MOST_TURN = Duration.ofMinutes(5);

  private final Database database;
  private final ClockWatch watch;
  private final Clock steady;
  private final Nuisance nuisance = new Nuisance();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread("slipway-time", this::turn);

  /** Begins, with the time of the start. */
  TimeKeeper(Database database, ClockWatch watch, Clock steady) {
    this.database = database;
    this.watch = watch;
    this.steady = steady;
    thread.start();
  }

  private boolean turn() throws InterruptedException {
    write();
    database.takeReserve();
    return !closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write() {
    try {
      LastTimes.write(database, watch.believed(), steady.instant());
    } catch (RuntimeException e) {
      if (nuisance.isNews(e)) {
        LOG.warn("The time could not be recorded: {}", e.getMessage());
      }
    }
  }

  @Override
  public String loopName() {
    return "time";
  }

  @Override
  public boolean isWell() {
    return thread.isWell(MOST_TURN);
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread.join(PERIOD)) {
      write();
    }
  }
}
