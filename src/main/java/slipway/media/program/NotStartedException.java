package slipway.media.program;

import java.io.IOException;

/** A program could not be started here and now, whatever file it was to look at. */
public final class NotStartedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what the system, or the program, said. */
  public NotStartedException(String message, Throwable cause) {
    super(message, cause);
  }
}
