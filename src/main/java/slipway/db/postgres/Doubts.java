package slipway.db.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.LoopThread;

/**
 * Commits whose answers were lost with their connections. The outcome of one is certain once the
 * server has ended its side of the connection, which it is asked to do: from then on a read gives
 * it. A server that replaces one that is gone has no such connection.
 */
final class Doubts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** How long the caller of a commit waits for its outcome. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final Pool pool;

  /** The names of connections in doubt. */
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final LoopThread thread = new LoopThread("slipway-db-doubts", this::turn);
  private volatile boolean closed;

  Doubts(Pool pool) {
    this.pool = pool;
    thread.start();
  }

  /**
   * Takes note of a connection that was lost in a commit.
   *
   * @return whether that is settled already
   */
  boolean begin(String name) {
    open.add(name);
    long end = System.nanoTime() + AT_ONCE.toNanos();
    do {
      if (isSettled(name)) {
        return true;
      }
    } while (System.nanoTime() - end < 0 && isRested(Duration.ofMillis(50)));
    return false;
  }

  private static boolean isRested(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs something once the commits that are in doubt now are settled. */
  void whenSettled(Runnable then) {
    waiting.add(then);
  }

  /** Whether no commit is in doubt; the server is asked where one was. */
  boolean areSettled() {
    return List.copyOf(open).stream().allMatch(this::isSettled);
  }

  private boolean turn() throws InterruptedException {
    if (closed) {
      return false;
    }
    Runnable first = waiting.poll(1, TimeUnit.SECONDS);
    if (first == null) {
      open.removeIf(this::isSettled);
      return !closed;
    }
    List<Runnable> due = new ArrayList<>(List.of(first));
    waiting.drainTo(due);
    List<String> names = List.copyOf(open);
    Duration pause = PAUSE;
    while (!closed && !names.stream().allMatch(this::isSettled)) {
      Thread.sleep(pause.toMillis());
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
    if (!closed) {
      due.forEach(Doubts::run);
    }
    return !closed;
  }

  private static void run(Runnable then) {
    try {
      then.run();
    } catch (RuntimeException e) {
      LOG.warn("A task that waited for the outcome of a commit has failed", e);
    }
  }

  private boolean isSettled(String name) {
    if (!open.contains(name)) {
      return true;
    }
    try (Handle handle = pool.open()) {
      boolean isGone =
          handle
              .createQuery(
                  "select pg_terminate_backend(pid) from pg_stat_activity"
                      + " where application_name = ?")
              .bind(0, name)
              .mapTo(Boolean.class)
              .list()
              .isEmpty();
      if (isGone) {
        open.remove(name);
      }
      return isGone;
    } catch (RuntimeException e) {
      LOG.debug("The database does not report the outcome of a commit yet", e);
      return false;
    }
  }

  /** The next start finds the outcome of what is in doubt then. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    thread.join(AT_ONCE);
  }
}
