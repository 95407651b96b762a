package slipway.upload;

import java.io.IOException;

/** Bytes that arrived again, and are not those that are there. */
public final class DifferentFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For the first bytes that differ. */
  public DifferentFileException() {
    super("The bytes differ from those that are there");
  }
}
