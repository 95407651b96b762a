package slipway.scan;

import slipway.db.StoredName;

/** What becomes of a photo on whose file the virus scanner gives no verdict. */
public enum ScanFailure implements StoredName {
  /** It is held until there is one. */
  CLOSED,
  /** It is let go after a while, and published if it is to be. */
  OPEN
}
