package slipway.token.link;

import java.time.Instant;

/**
 * What a link keeps to, for all its guests together.
 *
 * @param validUntil the first moment at which it issues no more tokens, and no upload begins with
 *     its tokens
 * @param password the guests' password, as stored by {@code PasswordHash}; null for none
 * @param maxGuests tokens that it issues; 0 for any number
 * @param maxFiles files of all guests; 0 for any number
 * @param maxTotal bytes of all files together; 0 for any number
 * @param notified whether its owner is told by e-mail of its files
 */
public record LinkBounds(
    Instant validUntil,
    String password,
    long maxGuests,
    long maxFiles,
    long maxTotal,
    boolean notified) {

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "LinkBounds[validUntil=" + validUntil + "]";
  }
}
