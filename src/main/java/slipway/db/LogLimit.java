package slipway.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead log short. SQLite starts it over at a commit at which nobody reads from it;
 * where reads overlap without end there is none, and it grows without bounds. So once it is long,
 * those who want to read are held up until those who do have ended, and it is emptied.
 */
final class LogLimit {
  /** Four times what it has when SQLite copies it to the database. */
  static final long MOST_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LogLimit.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After an attempt that a long read has kept from its end. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long those who want to read are held up for the end of those who do. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(1);

  /** The same once the log is far too long, as one long read after the other keeps it so. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final int FAR_TOO_LONG = 4;

  /** Another process may read, too: that is not waited for. */
  private static final int BUSY_MILLIS = 20;

  private static final String SUFFIX = "-wal";
  private static final int ALL = Integer.MAX_VALUE;

  /**
   * Held by each who reads, and by nobody else once all of it is taken. A lock for readers would
   * count in memory that it takes after it was entered: an Error there would leave it locked.
   */
  private final Semaphore gate = new Semaphore(ALL, true);

  private final Path log;
  private final long most;
  private final int busyMillis;

  /** When it is looked at next; for the writer's thread. */
  private long next = System.nanoTime();

  /**
   * Of the log of that database.
   *
   * @param most bytes that it may have
   * @param busyMillis how long the writer waits for other processes elsewhere
   */
  LogLimit(Path database, long most, int busyMillis) {
    this.busyMillis = busyMillis;
    this.log = Path.of(database + SUFFIX);
    this.most = most;
  }

  /** To be called before a read; {@link #endRead} after it. */
  void beginRead() {
    gate.acquireUninterruptibly();
  }

  void endRead() {
    gate.release();
  }

  /** Empties the log if it is long: for the writer, between transactions, on its connection. */
  void keep(Handle connection) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    long bytes = bytes();
    boolean isLong = bytes > most;
    next = now + (isLong ? PAUSE_NANOS : LOOK_NANOS);
    Duration wait = bytes / FAR_TOO_LONG > most ? LONGEST_WAIT : MOST_WAIT;
    if (isLong && !isEmptied(connection, wait)) {
      LOG.warn("The database's log is long, and cannot shrink while a long read runs");
    }
  }

  private long bytes() {
    return bytes(log);
  }

  private static long bytes(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0; // The next look may tell.
    }
  }

  /** Bytes of the log of a database. */
  static long ofDatabase(Path database) {
    return bytes(Path.of(database + SUFFIX));
  }

  /** Empties the log whatever its length is, unless somebody reads from it for long. */
  void empty(Handle connection) {
    if (bytes() > 0 && !isEmptied(connection, MOST_WAIT)) {
      LOG.warn("The database's log could not be emptied, because a long read uses it");
    }
  }

  private boolean isEmptied(Handle connection, Duration wait) {
    // What is copied and flushed now holds up nobody.
    checkpoint(connection, "passive");
    boolean isAlone = false;
    try {
      isAlone = gate.tryAcquire(ALL, wait.toNanos(), TimeUnit.NANOSECONDS);
      if (!isAlone) {
        return false;
      }
      setPatience(connection, BUSY_MILLIS);
      return checkpoint(connection, "truncate");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (isAlone) {
        gate.release(ALL);
        setPatience(connection, busyMillis);
      }
    }
  }

  private static void setPatience(Handle connection, int millis) {
    connection.createQuery("pragma busy_timeout = " + millis).mapTo(Integer.class).one();
  }

  /** Whether it was done to its end. */
  static boolean checkpoint(Handle connection, String mode) {
    return connection
            .createQuery("pragma wal_checkpoint(" + mode + ")")
            .map((row, context) -> row.getInt(1))
            .one()
        == 0;
  }
}
