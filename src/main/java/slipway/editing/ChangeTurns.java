package slipway.editing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Turns for changes of uploads. One change runs at a time: anyone who holds tokens can request
 * many, and each may write some thousands of words. All other writers wait for one of them at most.
 * Only a few changes per token may wait, so that no token keeps the others from their turns.
 */
final class ChangeTurns {
  private static final int MOST_WAITING = 32;
  private static final int MOST_OF_TOKEN = 2;
  private static final int WAIT_SECONDS = 5;

  private final Semaphore turn = new Semaphore(1, true);
  private final Map<String, Integer> byToken = new HashMap<>();
  private int waiting;

  /** A turn, until it is closed. */
  interface ChangeTurn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a turn.
   *
   * @param token whose uploads are changed
   * @throws TooManyChangesException when too many wait, or this one has waited too long
   */
  ChangeTurn take(String token) throws TooManyChangesException {
    enter(token);
    try {
      if (turn.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return turn::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(token);
    }
    throw new TooManyChangesException();
  }

  private synchronized void enter(String token) throws TooManyChangesException {
    int own = byToken.getOrDefault(token, 0);
    if (waiting >= MOST_WAITING || own >= MOST_OF_TOKEN) {
      throw new TooManyChangesException();
    }
    waiting++;
    byToken.put(token, own + 1);
  }

  private synchronized void leave(String token) {
    waiting--;
    byToken.computeIfPresent(token, (same, own) -> own == 1 ? null : own - 1);
  }

  synchronized int waiting() {
    return waiting;
  }
}
