package slipway.scan;

import java.io.IOException;

/** The virus scanner cannot be reached now, whatever file it is to look at. */
final class ScannerAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  ScannerAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
