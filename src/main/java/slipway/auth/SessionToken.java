package slipway.auth;

import java.time.Duration;
import java.time.Instant;
import slipway.db.StoredName;

/**
 * A permit by which one person begins a session, once.
 *
 * @param purpose which method redeems it
 * @param credentialId the credential that asked for it
 * @param userId the user that the session acts for; null for none
 * @param returnUrl where the person is sent on to: an absolute http or https URL, or a path of this
 *     site
 * @param validUntil when it expires
 */
public record SessionToken(
    Purpose purpose, long credentialId, Long userId, String returnUrl, Instant validUntil) {
  /** How long one is valid. */
  public static final Duration VALID = Duration.ofMinutes(15);

  /** Which method redeems a token. */
  public enum Purpose implements StoredName {
    /** {@code session/redeem-token}: lets a visitor in. */
    VISIT,
    /** {@code user/redeem-login-token}: lets a user in. */
    LOGIN
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "SessionToken[" + purpose + "]";
  }
}
