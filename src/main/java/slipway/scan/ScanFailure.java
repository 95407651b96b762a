package slipway.scan;

import slipway.db.StoredName;

/** What happens to a photo if the virus scanner gives no verdict on its file. */
public enum ScanFailure implements StoredName {
  /** It is held until there is one. */
  CLOSED,
  /** It is released after a while, and published if it is to be. */
  OPEN
}
