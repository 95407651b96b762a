package slipway.media;

import java.io.IOException;

/**
 * The store of the kept files does not answer, or refuses a valid request: the outcome is unknown,
 * and a later attempt may succeed. Its message is for the log.
 */
public final class MediaAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message that contains no secret. */
  public MediaAwayException(String message) {
    super(message);
  }

  /** With a message that contains no secret, and the cause. */
  public MediaAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
