package slipway.db;

import slipway.health.UnavailableException;

/**
 * A write of which it is not known whether it is in the database, now or after a restart: its
 * commit failed, or did not end in time. What depends on the write must be kept until the database
 * has told.
 */
public final class UnknownOutcomeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
