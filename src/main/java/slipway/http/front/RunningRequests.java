package slipway.http.front;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The unanswered requests that may change something, for which the shutdown waits. */
public final class RunningRequests implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 20;

  private final AtomicInteger count = new AtomicInteger();
  private final Duration patience;
  private volatile boolean closing;

  /**
   * None yet.
   *
   * @param patience how long {@link #close} waits for them
   */
  public RunningRequests(Duration patience) {
    this.patience = patience;
  }

  void enter() {
    count.incrementAndGet();
  }

  void leave() {
    count.decrementAndGet();
  }

  /** How many there are. */
  int running() {
    return count.get();
  }

  /** Whether new requests are refused. */
  public boolean isClosing() {
    return closing;
  }

  /** Accepts no more requests, and waits for those that run. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    long end = System.nanoTime() + patience.toNanos();
    while (count.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
