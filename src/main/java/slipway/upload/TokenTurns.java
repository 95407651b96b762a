package slipway.upload;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Serializes work on the same token. For many threads. */
final class TokenTurns {
  private final Map<String, TokenThreads> byToken = new HashMap<>();

  private static final class TokenThreads {
    final ReentrantLock lock = new ReentrantLock(true);
    int threads;
  }

  /** A turn; closing ends it. */
  @FunctionalInterface
  interface Taken extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until no other thread has the token's turn. */
  Taken take(String token) {
    TokenThreads turn = enter(token);
    turn.lock.lock();
    return () -> {
      turn.lock.unlock();
      leave(token, turn);
    };
  }

  private synchronized TokenThreads enter(String token) {
    TokenThreads turn = byToken.computeIfAbsent(token, none -> new TokenThreads());
    turn.threads++;
    return turn;
  }

  private synchronized void leave(String token, TokenThreads turn) {
    turn.threads--;
    if (turn.threads == 0) {
      byToken.remove(token);
    }
  }

  /** How many tokens have a turn in progress. */
  synchronized int taken() {
    return byToken.size();
  }
}
