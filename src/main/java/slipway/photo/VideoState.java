package slipway.photo;

import slipway.db.StoredName;

/** Whether browsers play a video, and the state of its copy that all of them play. */
public enum VideoState implements StoredName {
  /** It is not a video. */
  NONE,
  /** It has yet to be examined. */
  WAITING,
  /** Browsers play it as it is: there is no copy. */
  PLAYS,
  /** Not every browser plays it: the copy has yet to be made. */
  QUEUED,
  /** The copy is there. */
  DONE,
  /** There will be no copy: the file is broken, or every attempt failed. */
  FAILED
}
