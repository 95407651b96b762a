package slipway.upload.resumable;

import slipway.health.BusyException;

/** Another node receives the upload, and was asked to let it go; or none does for a moment. */
final class ElsewhereException extends BusyException {
  private static final long serialVersionUID = 1L;

  ElsewhereException() {
    super("Another node receives the upload: it is asked to release it");
  }
}
