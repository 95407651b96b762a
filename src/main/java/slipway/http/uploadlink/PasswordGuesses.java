package slipway.http.uploadlink;

import java.time.Duration;
import java.util.concurrent.Semaphore;
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

  private final RateLimits addresses;
  private final RateLimits links;
  private final Semaphore checks =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

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
   * Checks a password.
   *
   * @param kept the stored hash of the right one
   * @throws ApiException when it is wrong, too many were wrong, or too many are being checked
   */
  void check(String link, String address, String password, String kept) throws ApiException {
    if (!checks.tryAcquire()) {
      throw ApiException.busy();
    }
    try {
      checkWait(addresses.mayTry(address));
      checkWait(links.mayTry(link));
      if (password.isEmpty() || !PasswordHash.matches(password, kept)) {
        addresses.failed(address);
        links.failed(link);
        throw new ApiException(ErrorCode.PERMISSION_DENIED, "The password is wrong.");
      }
    } finally {
      checks.release();
    }
  }

  private static void checkWait(Duration wait) throws ApiException {
    if (!wait.isZero()) {
      throw ApiException.rateLimited("Too many wrong passwords; please wait a little.", wait);
    }
  }
}
