package slipway.db;

import slipway.health.UnavailableException;

/** A write that the database could not accept: nothing of it is stored, or will be. */
public final class NotWrittenException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * With a message for the log.
   *
   * @param cause null where there is none
   */
  public NotWrittenException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isDiskFull() {
    return Trouble.isFull(getCause());
  }
}
