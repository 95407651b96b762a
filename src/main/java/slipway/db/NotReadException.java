package slipway.db;

import slipway.health.UnavailableException;

/** A query that the database could not answer, as it was unreachable or became so meanwhile. */
public final class NotReadException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * With a message for the log.
   *
   * @param cause null where there is none
   */
  public NotReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
