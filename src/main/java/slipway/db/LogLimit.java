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
 * where reads overlap without end there is none, and it grows without bounds. So once the log is
 * long, new readers wait until the present ones have ended, and it is emptied.
 */
final class LogLimit {
  /** Four times the size at which SQLite copies it to the database. */
  static final long MOST_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LogLimit.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The pause after an attempt that a long read has prevented. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long new readers wait for the end of the present ones. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(1);

  /** The same once the log is far too long because long reads follow one another. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final int FAR_TOO_LONG = 4;

  /** Another process may be reading, which is not waited for. */
  private static final int BUSY_MILLIS = 20;

  private static final String SUFFIX = "-wal";
  private static final int ALL = Integer.MAX_VALUE;

  /**
   * Each reader holds one permit; taking all of them keeps readers out. A read-write lock allocates
   * memory after it was acquired, and an Error there would leave it locked.
   */
  private final Semaphore gate = new Semaphore(ALL, true);

  private final Path log;
  private final long most;
  private final int busyMillis;

  /** When the log is checked next; for the writer's thread. */
  private long next = System.nanoTime();

  /**
   * Of the log of that database.
   *
   * @param most how many bytes it may have
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
      return 0; // The next check may succeed.
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
    // Copying and flushing now delays nobody.
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

  /** Whether the whole log was copied. */
  static boolean checkpoint(Handle connection, String mode) {
    return connection
            .createQuery("pragma wal_checkpoint(" + mode + ")")
            .map((row, context) -> row.getInt(1))
            .one()
        == 0;
  }
}
