package slipway.upload;

import java.io.IOException;

/**
 * Another file of the token has become a photo since the one that was received was compared with
 * those that were there: nothing is written, and it is to be compared with that one, too.
 */
final class OutdatedException extends IOException {
  private static final long serialVersionUID = 1L;

  OutdatedException() {
    super("Another file of the token has become a photo meanwhile");
  }
}
