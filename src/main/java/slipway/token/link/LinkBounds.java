package slipway.token.link;

import java.time.Instant;

/**
 * How far a link goes, all its guests together.
 *
 * @param validUntil the first moment at which it gives no token any more, and none of its tokens
 *     begins an upload
 * @param password what guests have to know, as {@code PasswordHash} keeps it; null for none
 * @param maxGuests tokens that it gives; 0 for any number
 * @param maxFiles files of all guests; 0 for any number
 * @param maxTotal bytes of all files together; 0 for any number
 */
public record LinkBounds(
    Instant validUntil, String password, long maxGuests, long maxFiles, long maxTotal) {

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "LinkBounds[validUntil=" + validUntil + "]";
  }
}
