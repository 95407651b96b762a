package slipway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import slipway.token.TokenRegistry;

/**
 * How many upload tokens are valid, for the metrics. Where nodes share the database that counts
 * them, each node asks it once a minute. For many threads.
 */
final class LiveTokens {
  private static final Duration MOST = Duration.ofMinutes(1);

  private final TokenRegistry tokens;
  private final boolean areShared;
  private final Lock lock = new ReentrantLock();

  @GuardedBy("lock")
  private long count;

  /** When they were counted; 0 for never. */
  @GuardedBy("lock")
  private long counted;

  LiveTokens(TokenRegistry tokens, boolean areShared) {
    this.tokens = tokens;
    this.areShared = areShared;
  }

  double count() {
    if (!areShared) {
      return tokens.countValid();
    }
    lock.lock();
    try {
      if (counted == 0 || System.nanoTime() - counted > MOST.toNanos()) {
        count = tokens.countValid();
        counted = System.nanoTime();
      }
      return count;
    } finally {
      lock.unlock();
    }
  }
}
