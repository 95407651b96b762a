package slipway.media;

import java.io.IOException;

/**
 * The place of the kept files does not answer, or refuses a request by no fault of the request: the
 * outcome is unknown, and a later try may go well. Its message is for the log.
 */
public final class MediaAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a message that tells no secret. */
  public MediaAwayException(String message) {
    super(message);
  }

  /** With a message that tells no secret, and what it comes of. */
  public MediaAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
