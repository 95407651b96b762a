package slipway.token;

import java.time.Instant;

/**
 * A token in the registry, valid or not.
 *
 * @param token what it allows
 * @param spent uses spent
 * @param inProgress uses that running uploads hold: each is spent when its photo is made, and
 *     returned when it fails
 * @param issuedAt when it was issued
 * @param revokedAt when it was revoked; null if it was not
 */
public record KeptToken(
    UploadToken token, int spent, int inProgress, Instant issuedAt, Instant revokedAt) {
  /** The state at that moment, regardless of a photo to replace; permanent ends take precedence. */
  public TokenState state(Instant now) {
    if (revokedAt != null) {
      return TokenState.REVOKED;
    }
    if (usesLeft() == 0) {
      return TokenState.USED_UP;
    }
    return token.isExpired(now) ? TokenState.EXPIRED : TokenState.VALID;
  }

  /** Uses that are not spent; a running upload has spent none yet. */
  public int usesLeft() {
    return token.maxUploads() - spent;
  }

  /** Uses that an upload could begin with now. */
  public int usesFree() {
    return Math.max(0, usesLeft() - inProgress);
  }

  KeptToken with(int spentNow, int inProgressNow) {
    return new KeptToken(token, spentNow, inProgressNow, issuedAt, revokedAt);
  }
}
