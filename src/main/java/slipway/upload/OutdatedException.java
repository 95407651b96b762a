package slipway.upload;

import java.io.IOException;

/**
 * Another file of the token has become a photo since the received file was compared with the stored
 * ones: nothing is written, and the file must be compared with that one, too.
 */
final class OutdatedException extends IOException {
  private static final long serialVersionUID = 1L;

  OutdatedException() {
    super("Another file of the token has become a photo meanwhile");
  }
}
