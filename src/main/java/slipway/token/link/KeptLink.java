package slipway.token.link;

import java.time.Instant;

/**
 * A link in the database.
 *
 * @param link what it allows
 * @param counts what was uploaded with it
 * @param createdAt when it was made
 * @param revokedAt when it was revoked; null if it was not
 * @param version how often it was changed
 */
public record KeptLink(
    UploadLink link, LinkCounts counts, Instant createdAt, Instant revokedAt, long version) {

  /** Whether it issues tokens at that moment. */
  public LinkState state(Instant now) {
    LinkBounds bounds = link.bounds();
    if (revokedAt != null) {
      return LinkState.WITHDRAWN;
    }
    if (!now.isBefore(bounds.validUntil())) {
      return LinkState.ENDED;
    }
    return hasAllFiles() || isReached(counts.guests(), bounds.maxGuests())
        ? LinkState.FULL
        : LinkState.OPEN;
  }

  /** Whether it has all the files that it accepts, so that no guest's token accepts another. */
  public boolean hasAllFiles() {
    LinkBounds bounds = link.bounds();
    return isReached(counts.files(), bounds.maxFiles())
        || isReached(counts.bytes(), bounds.maxTotal());
  }

  /** How many files a guest may send at most: those of a token, or those that are left. */
  public int filesOfAGuest() {
    long most = link.bounds().maxFiles();
    int ofToken = link.terms().maxUploads();
    return most == 0 ? ofToken : (int) Math.max(1, Math.min(ofToken, most - counts.files()));
  }

  /**
   * How many bytes all guests together may still store, those of uploads that have not ended among
   * them; {@code Long.MAX_VALUE} for any number.
   */
  public long bytesLeft() {
    long most = link.bounds().maxTotal();
    return most == 0 ? Long.MAX_VALUE : Math.max(0, most - counts.bytes());
  }

  private static boolean isReached(long count, long most) {
    return most > 0 && count >= most;
  }
}
