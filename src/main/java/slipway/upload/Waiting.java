package slipway.upload;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import slipway.net.FairShare;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRefusedException.Reason;
import slipway.token.TokenRegistry;

/**
 * Requests that wait until an upload with their token has ended: it may be the same file, sent just
 * before. They hold a thread each, so that only a few may, and not for long. For many threads.
 */
final class Waiting {
  private static final int MOST = 32;
  private static final int MOST_OF_TOKEN = 4;

  /** Short for a visitor, and long enough to cost nothing. */
  private static final long PAUSE_MILLIS = 50;

  private final FairShare places = new FairShare(() -> MOST, MOST, 1);
  private final ConcurrentMap<String, Integer> byToken = new ConcurrentHashMap<>();
  private final TokenRegistry tokens;
  private final Duration patience;

  /**
   * Waits for uses of these tokens.
   *
   * @param patience how long one waits
   */
  Waiting(TokenRegistry tokens, Duration patience) {
    this.tokens = tokens;
    this.patience = patience;
  }

  /** Tries to reserve a use. */
  @FunctionalInterface
  interface UseAttempt {
    /** Why it is refused; null when it is not. */
    TokenRefusedException refusal() throws IOException;
  }

  /**
   * Tries again until the uploads that hold the token's uses have ended, or patience has.
   *
   * @param refusal the result of the first attempt
   * @param address where the request comes from
   * @return the result of the last attempt
   */
  TokenRefusedException retry(
      String token, String address, TokenRefusedException refusal, UseAttempt attempt)
      throws IOException {
    if (!mayPass(token, refusal) || !enter(token, address)) {
      return refusal;
    }
    TokenRefusedException last = refusal;
    try {
      long start = System.nanoTime();
      while (last != null
          && mayPass(token, last)
          && System.nanoTime() - start < patience.toNanos()
          && pause()) {
        last = attempt.refusal();
      }
    } finally {
      leave(token, address);
    }
    return last;
  }

  /** A token may expire while an upload that began in time is under way. */
  boolean mayPass(String token, TokenRefusedException refusal) {
    return refusal.reason() == Reason.IN_USE
        || (refusal.reason() == Reason.EXPIRED && tokens.isInUse(token));
  }

  private boolean enter(String token, String address) {
    if (!places.claim(address, 1)) {
      return false;
    }
    if (byToken.merge(token, 1, Integer::sum) > MOST_OF_TOKEN) {
      leave(token, address);
      return false;
    }
    return true;
  }

  private void leave(String token, String address) {
    byToken.computeIfPresent(token, (same, own) -> own == 1 ? null : own - 1);
    places.release(address, 1);
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
