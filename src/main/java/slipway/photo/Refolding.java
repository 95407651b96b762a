package slipway.photo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.health.Nuisance;
import slipway.health.StillAtWorkException;

/**
 * Folds, once, the names of a catalogue from before there were columns for that. What is not
 * finished in two seconds continues in the background, in steps that leave time for other writers,
 * also after a restart. Until then a list by title or description has the former order, and a name
 * not yet folded is found by its exact spelling only.
 */
public final class Refolding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refolding.class);

  /** Rows of a step: a transaction of some 10 ms. */
  private static final int STEP = 200;

  private static final long AT_START_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETRY_MILLIS = 10_000;
  private static final long MOST_CLOSE_MILLIS = 10_000;

  private final Database database;
  private final int step;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Nuisance nuisance = new Nuisance();
  private final Thread thread = new Thread(this::run, "slipway-refolding");

  /** Of the names in that database. */
  public Refolding(Database database) {
    this(database, STEP);
  }

  /** The same in steps of so many rows. */
  Refolding(Database database, int step) {
    this.database = database;
    this.step = step;
  }

  /** Works for two seconds, and continues in a thread if that is not enough. */
  public Refolding start() {
    return start(AT_START_NANOS);
  }

  /** The same with another time. */
  Refolding start(long nanos) {
    if (isMoreAfter(nanos)) {
      LOG.info("Names are being folded for search and order, in the background");
      thread.start();
    }
    return this;
  }

  /** A failure is no reason not to start: the thread will try again. */
  private boolean isMoreAfter(long nanos) {
    long start = System.nanoTime();
    try {
      boolean more = true;
      while (more && System.nanoTime() - start <= nanos) {
        more = step();
      }
      return more;
    } catch (RuntimeException | Error e) {
      LOG.warn("Some names could not be folded; will try again", e);
      return true;
    }
  }

  /**
   * Does a step.
   *
   * @return whether there is more to do
   */
  boolean step() {
    return !next().isEmpty() && database.write(this::step);
  }

  private List<Map.Entry<Refold, String>> next() {
    return database.read(Refolding::unfinished);
  }

  private static List<Map.Entry<Refold, String>> unfinished(Handle handle) {
    return handle
        .createQuery("select what, position from refold")
        .map(
            RowReader.to(
                row -> Map.entry(row.constant("what", Refold::valueOf), row.text("position"))))
        .list()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .toList();
  }

  /** Of the kinds that are soon done, all in one. */
  private boolean step(Handle tx) {
    for (Map.Entry<Refold, String> kind : unfinished(tx)) {
      Optional<String> position = kind.getKey().step(tx, kind.getValue(), step);
      if (position.isPresent()) {
        tx.execute(
            "update refold set position = ? where what = ?", position.get(), kind.getKey().name());
        return true;
      }
      tx.execute("delete from refold where what = ?", kind.getKey().name());
    }
    return false;
  }

  private void run() {
    long pause = 0;
    boolean more = true;
    try {
      while (more && !closed.await(pause, TimeUnit.MILLISECONDS)) {
        long start = System.nanoTime();
        try {
          more = step();
          pause = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } catch (RuntimeException | Error e) {
          if (nuisance.isNews(e)) {
            LOG.warn("Some names could not be folded; will try again", e);
          }
          pause = RETRY_MILLIS;
        }
      }
      LOG.info(
          more ? "The rest of the names is folded after the next start" : "All names are folded");
    } catch (InterruptedException e) {
      LOG.warn("The rest of the names is folded after the next start");
    }
  }

  /**
   * Waits for the step under way.
   *
   * @throws StillAtWorkException when it does not end
   */
  @Override
  public void close() throws InterruptedException {
    close(MOST_CLOSE_MILLIS);
  }

  /** The same with another time. */
  void close(long mostMillis) throws InterruptedException {
    closed.countDown();
    thread.join(mostMillis);
    if (thread.isAlive()) {
      throw new StillAtWorkException("Names are still being folded");
    }
  }
}
