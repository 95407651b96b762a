package slipway.token;

import slipway.db.StoredName;

/** Whether and why no upload may start with a token. No column has it: it comes from several. */
public enum TokenState implements StoredName {
  /** Uploads may start. */
  VALID,
  /** Every use of it is spent. */
  USED_UP,
  /** Its time is over. */
  EXPIRED,
  /** It was revoked. */
  REVOKED,
  /** The photo whose file it may replace has been deleted; {@link KeptToken} cannot tell. */
  PHOTO_DELETED
}
