package slipway.token.link;

import java.time.Duration;
import java.time.Instant;
import slipway.db.OrderedId;
import slipway.details.Details;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenTerms;
import slipway.token.UploadToken;

/**
 * An upload link: many guests open it, and each gets an upload token of their own.
 *
 * @param id 40 hex digits: anyone who has it is a guest
 * @param name what guests read at its top; plain text
 * @param returnUrl where guests are sent back to; empty for the link's own page
 * @param details what the uploaded photos will be
 * @param limits the limits of each upload
 * @param terms how long each guest's token is valid, and for how many uploads
 * @param bounds its limits, for all guests together
 * @param issuer who made it
 */
public record UploadLink(
    String id,
    String name,
    String returnUrl,
    Details details,
    TokenLimits limits,
    TokenTerms terms,
    LinkBounds bounds,
    Issuer issuer) {

  /** Bytes of an id that cannot be guessed. */
  private static final int SECRET_BYTES = 16;

  /** An id that no link has. */
  public static String newId(Instant now) {
    return OrderedId.of(now, SECRET_BYTES);
  }

  /**
   * A token for one guest, which ends with the link at the latest.
   *
   * @param returnTo where this guest is sent back to
   */
  UploadToken tokenFor(ReturnTo returnTo, Instant now) {
    long left = Math.max(1, Duration.between(now, bounds.validUntil()).plusSeconds(59).toMinutes());
    int minutes = (int) Math.min(terms.validMinutes(), left);
    Issuer ofLink = Issuer.of(issuer.credentialId(), issuer.userId(), id);
    return UploadToken.issue(
        returnTo, details, limits, TokenTerms.of(minutes, terms.maxUploads()), ofLink, now);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadLink[" + bounds + "]";
  }
}
