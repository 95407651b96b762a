package slipway.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import slipway.health.BusyException;

/**
 * The connections that readers share. Each has a place of its own, which exists from the start, and
 * nothing allocates memory between taking and returning a place: an Error costs a connection, which
 * is opened again, but never a place. For many threads.
 */
final class ReaderConnections implements Reading, AutoCloseable {
  private final Semaphore turns;
  private final Duration patience;
  private final OwnConnection[] places;
  private final boolean[] taken;
  private boolean closed;

  /**
   * That many connections, opened by the driver.
   *
   * @param patience how long one waits for its turn
   */
  ReaderConnections(ConnectionFactory driver, int most, Duration patience) {
    this.turns = new Semaphore(most, true);
    this.patience = patience;
    this.places = new OwnConnection[most];
    this.taken = new boolean[most];
    for (int i = 0; i < most; i++) {
      places[i] = new OwnConnection(driver);
    }
  }

  /**
   * Runs a query on one of them.
   *
   * @throws BusyException when none is free in time
   */
  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> query) throws X {
    if (!turns.tryAcquire() && !isFreeInTime()) {
      throw new BusyException("Too many tasks read from the database");
    }
    try {
      int place = take();
      try {
        return read(places[place], query);
      } finally {
        give(place);
      }
    } finally {
      turns.release();
    }
  }

  private boolean isFreeInTime() {
    try {
      return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <T, X extends Exception> T read(OwnConnection own, HandleCallback<T, X> query)
      throws X {
    boolean isFit = true;
    try {
      return own.jdbi().withHandle(query);
    } catch (Throwable e) {
      isFit = !isOfDatabase(e);
      throw e;
    } finally {
      if (!isFit || !own.isReset()) {
        own.close();
      }
    }
  }

  /** Whether the connection may have failed, rather than the code that used what it read. */
  private static boolean isOfDatabase(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException || e instanceof JdbiException || e instanceof Error) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes connections that were used before first, of which there are few as long as there are few
   * readers.
   */
  private synchronized int take() {
    if (closed) {
      throw new IllegalStateException("The database is closed");
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        taken[i] = true;
        return i;
      }
    }
    throw new IllegalStateException("There are fewer places than turns");
  }

  private synchronized void give(int place) {
    if (closed) {
      places[place].close();
    }
    taken[place] = false;
  }

  /** Closes those that nobody uses, and the others as they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        places[i].close();
      }
    }
  }
}
