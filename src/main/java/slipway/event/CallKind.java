package slipway.event;

import slipway.db.StoredName;

/** What a call to another server is for. */
public enum CallKind implements StoredName {
  /** A signed POST of an event to a webhook's address. */
  WEBHOOK,
  /** A POST of a form to a credential's pingback address. */
  PINGBACK,
  /** The GET of a callback URL in place of the visitor. */
  RETURN,
  /** An e-mail with a digest, to a user. */
  MAIL
}
