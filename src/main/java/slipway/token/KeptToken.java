package slipway.token;

import java.time.Instant;

/**
 * A token as it is kept, alive or not.
 *
 * @param token what it allows
 * @param spent uses spent
 * @param issuedAt when it was issued
 * @param revokedAt when it was revoked; null if it was not
 */
public record KeptToken(UploadToken token, int spent, Instant issuedAt, Instant revokedAt) {
  /** Whether and why no upload may start with it. */
  public enum State {
    /** Uploads may start. */
    VALID,
    /** Every use of it is spent. */
    USED_UP,
    /** Its time is over. */
    EXPIRED,
    /** It was revoked. */
    REVOKED
  }

  /** The state at that moment; what ended the token for good comes first. */
  public State state(Instant now) {
    if (revokedAt != null) {
      return State.REVOKED;
    }
    if (usesLeft() == 0) {
      return State.USED_UP;
    }
    return token.isExpired(now) ? State.EXPIRED : State.VALID;
  }

  /** Uses that are not spent; an upload under way has spent none yet. */
  public int usesLeft() {
    return token.maxUploads() - spent;
  }
}
