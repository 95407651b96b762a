package slipway.db;

import slipway.health.UnavailableException;

/**
 * A query that the database did not answer, as it was unreachable or became so meanwhile, or as the
 * answer took too long.
 */
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
