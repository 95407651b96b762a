package slipway.media.s3;

import java.io.IOException;

/**
 * The object store does not answer, or refuses what is asked for no fault of the request: what came
 * of it is unknown, and a later try may go well. Its message is for the log, and tells no secret.
 */
public final class StoreAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreAwayException(String message) {
    super(message);
  }

  StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
