package slipway.photo.comment;

import slipway.db.StoredName;

/** Whether people may comment on photos. */
public enum CommentMode implements StoredName {
  /** There are no comments. */
  OFF,
  /** Somebody has to approve a comment before it is shown. */
  MODERATED,
  /** A comment is shown at once. */
  OPEN
}
