package slipway.photo;

import slipway.db.StoredName;

/** The state of a photo's renditions. */
public enum RenditionState implements StoredName {
  /** They are yet to be made. */
  WAITING,
  /** They are there. */
  DONE,
  /** There will be none: no picture can be made here from this kind of file. */
  ORIGINAL_ONLY,
  /** There will be none: the file is broken, or every attempt failed. */
  FAILED
}
