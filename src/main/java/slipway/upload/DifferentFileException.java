package slipway.upload;

import java.io.IOException;

/** Bytes that came again, and are not those of the file that is kept. */
public final class DifferentFileException extends IOException {
  private static final long serialVersionUID = 1L;

  DifferentFileException() {
    super("The bytes differ from those of the file that is kept");
  }
}
