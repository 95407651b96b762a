package slipway.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again until it is told to end. Nothing that a turn throws
 * ends it, even an Error: memory that is used up comes back.
 */
public final class LoopThread {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is done again and again. */
  @FunctionalInterface
  public interface Turn {
    /**
     * Waits for work, and does it.
     *
     * @return whether another turn follows
     */
    boolean take() throws Exception;
  }

  private final Turn turn;
  private final Thread thread;
  private final Nuisance nuisance = new Nuisance();
  private volatile boolean ended;
  private volatile long begun = System.nanoTime();

  /** A thread that is yet to be started. */
  public LoopThread(String name, Turn turn) {
    this.turn = turn;
    this.thread = new Thread(this::run, name);
  }

  /** Begins to work. */
  public LoopThread start() {
    thread.start();
    return this;
  }

  private void run() {
    boolean more = true;
    while (more) {
      begun = System.nanoTime();
      try {
        more = turn.take();
      } catch (InterruptedException e) {
        // It is to end, which its turn notices.
      } catch (Throwable e) {
        survive(e);
      }
    }
    ended = true;
  }

  /** When memory is used up, reporting that may fail, too. */
  private void survive(Throwable failure) {
    try {
      if (nuisance.isNews(failure)) {
        LOG.error("{} continues after a failure", thread.getName(), failure);
      } else {
        LOG.debug("{} continues after a failure", thread.getName(), failure);
      }
    } catch (Throwable e) {
      // There is no memory left to report it.
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** False once it has died: started, not told to end, and gone. */
  public boolean isAlive() {
    return ended || thread.getState() == Thread.State.NEW || thread.isAlive();
  }

  /** How long the turn under way has taken so far, waiting included. */
  public Duration turnTime() {
    return ended ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Whether it is alive, and no turn takes longer than that. */
  public boolean isWell(Duration mostTurn) {
    return isAlive() && turnTime().compareTo(mostTurn) < 0;
  }

  /** Whether the caller is this thread. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Ends a pause that it makes. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Interrupts its work. */
  public void interrupt() {
    thread.interrupt();
  }

  /**
   * Waits until it has ended.
   *
   * @return whether it has within that time
   */
  public boolean join(Duration most) {
    try {
      thread.join(Math.max(1, most.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
