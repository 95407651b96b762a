package slipway.photo;

import slipway.db.StoredName;

/**
 * What a virus scanner said about a photo's file. Only {@link #CLEAN} says that it found nothing.
 */
public enum ScanState implements StoredName {
  /** It was not asked: none was set up when the file arrived. */
  NONE,
  /** It has yet to be asked. */
  PENDING,
  /** It found nothing. */
  CLEAN,
  /** It found something. */
  INFECTED,
  /** It was asked and gave no verdict; it is asked again. */
  UNKNOWN,
  /** An administrator released the photo, whatever it said. */
  ACCEPTED
}
