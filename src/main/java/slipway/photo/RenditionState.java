package slipway.photo;

import slipway.db.StoredName;

/** How far the renditions of a photo are. */
public enum RenditionState implements StoredName {
  /** They are yet to be made. */
  WAITING,
  /** They are there. */
  DONE,
  /** There will be none: the file is of a kind that no picture can be made from here. */
  ORIGINAL_ONLY,
  /** There will be none: the file is broken, or every attempt failed. */
  FAILED
}
