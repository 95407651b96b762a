package slipway.http.front;

import java.io.IOException;

/** An answer is cut because its reader, or too many readers, take answers too slowly. */
final class SlowReaderException extends IOException {
  private static final long serialVersionUID = 1L;

  SlowReaderException() {
    super("The answer's reader is too slow");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
