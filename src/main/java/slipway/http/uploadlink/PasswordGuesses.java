package slipway.http.uploadlink;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.limit.RateLimits;
import slipway.secret.PasswordHash;

/**
 * Checks the passwords of links. Wrong ones are limited by address and by link, and so is the
 * number of checks at a time, as each is slow on purpose.
 */
final class PasswordGuesses {
  /** Wrong passwords a minute for one link, whoever sends them. */
  private static final int MOST_PER_MINUTE = 60;

  /** How many guests wait for their turn at most, and for how long. */
  private static final int MOST_WAITING = 20;

  private static final int PATIENCE_SECONDS = 10;

  private final RateLimits addresses;
  private final RateLimits links;
  private final Semaphore checks =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /**
   * With limits of this site.
   *
   * @param addresses of which the limit of failures applies
   */
  PasswordGuesses(RateLimits addresses) {
    this.addresses = addresses;
    this.links = addresses.ofFailures(MOST_PER_MINUTE);
  }

  /**
   * Checks a password. One that is missing is no guess.
   *
   * @param kept the stored hash of the right one
   * @throws ApiException when it is missing or wrong, too many were wrong, or too many are waiting
   *     to be checked
   */
  void check(String link, String address, String password, String kept) throws ApiException {
    if (password.isEmpty()) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED, "This upload link has a password: send it as 'password'.");
    }
    // Those who have to wait anyway take no place in the line; in their turn, all that was wrong
    // is known.
    checkMayTry(link, address);
    awaitTurn();
    try {
      checkMayTry(link, address);
      if (!PasswordHash.matches(password, kept)) {
        addresses.failed(address);
        links.failed(link);
        throw new ApiException(ErrorCode.PERMISSION_DENIED, "The password is wrong.");
      }
    } finally {
      checks.release();
    }
  }

  private void checkMayTry(String link, String address) throws ApiException {
    checkWait(addresses.mayTry(address));
    checkWait(links.mayTry(link));
  }

  private void awaitTurn() throws ApiException {
    boolean isTurn = false;
    try {
      isTurn =
          checks.getQueueLength() < MOST_WAITING
              && checks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!isTurn) {
      throw ApiException.busy();
    }
  }

  private static void checkWait(Duration wait) throws ApiException {
    if (!wait.isZero()) {
      throw ApiException.rateLimited("Too many wrong passwords; please wait a little.", wait);
    }
  }
}
