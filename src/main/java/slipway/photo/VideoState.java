package slipway.photo;

import slipway.db.StoredName;

/** Whether browsers play a video, and how far its copy is that all of them play. */
public enum VideoState implements StoredName {
  /** It is no video. */
  NONE,
  /** It is yet to be looked at. */
  WAITING,
  /** Browsers play it as it is: there is no copy. */
  PLAYS,
  /** Not every browser plays it: the copy is yet to be made. */
  QUEUED,
  /** The copy is there. */
  DONE,
  /** There will be no copy: the file is broken, or every attempt failed. */
  FAILED
}
