package slipway.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A check that costs something, such as a flush: made at most once in a while however often it is
 * requested, never twice at a time, and on a thread of its own, so that a hanging disk blocks no
 * caller.
 */
public final class Probe {
  /** What is checked. */
  @FunctionalInterface
  public interface Check {
    /** Returns when all is well. */
    void run() throws Exception;
  }

  private final String thread;
  private final Callable<Void> check;
  private final Duration most;
  private final Duration fresh;
  private FutureTask<Void> last;
  private long begun;

  /**
   * A check that is made when it is requested.
   *
   * @param thread name of its threads
   * @param most how long a caller waits for it
   * @param fresh how long its outcome is reused before it is made again
   */
  public Probe(String thread, Check check, Duration most, Duration fresh) {
    this.thread = thread;
    this.most = most;
    this.fresh = fresh;
    this.check =
        () -> {
          check.run();
          return null;
        };
  }

  /**
   * Whether it succeeded lately.
   *
   * @return false when it takes too long
   * @throws Exception what it threw
   */
  public boolean isMet() throws Exception {
    try {
      latest().get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private synchronized FutureTask<Void> latest() {
    boolean isOld = last != null && System.nanoTime() - begun > fresh.toNanos();
    if (last == null || (last.isDone() && isOld)) {
      FutureTask<Void> next = new FutureTask<>(check);
      Thread one = new Thread(next, thread);
      one.setDaemon(true);
      one.start();
      begun = System.nanoTime();
      last = next;
    }
    return last;
  }
}
