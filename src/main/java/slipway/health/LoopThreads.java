package slipway.health;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import slipway.health.LoopThread.Turn;

/** Threads that do the same in parallel, again and again, until they are told to end. */
public final class LoopThreads {
  private final List<LoopThread> threads;

  /** That many threads, not started yet; there may be none. */
  public LoopThreads(String name, int count, Turn turn) {
    this.threads = Stream.generate(() -> new LoopThread(name, turn)).limit(count).toList();
  }

  /** Starts all of them. */
  public void start() {
    threads.forEach(LoopThread::start);
  }

  /** False once one has died. */
  public boolean areAlive() {
    return threads.stream().allMatch(LoopThread::isAlive);
  }

  /**
   * Interrupts their work, and waits until they have ended.
   *
   * @return whether all have within that time
   */
  public boolean end(Duration most) {
    threads.forEach(LoopThread::interrupt);
    long end = System.nanoTime() + most.toNanos();
    boolean haveEnded = true;
    for (LoopThread thread : threads) {
      haveEnded &= thread.join(Duration.ofNanos(end - System.nanoTime()));
    }
    return haveEnded;
  }
}
