package slipway.token;

import slipway.db.StoredName;

/** Whether uploads may start with a token, and if not, why. It is derived from several columns. */
public enum TokenState implements StoredName {
  /** Uploads may start. */
  VALID,
  /** Every use of it is spent. */
  USED_UP,
  /** It has expired. */
  EXPIRED,
  /** It was revoked. */
  REVOKED,
  /** The photo whose file it may replace has been deleted; {@link KeptToken} does not know this. */
  PHOTO_DELETED
}
