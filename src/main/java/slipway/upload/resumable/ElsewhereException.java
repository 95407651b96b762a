package slipway.upload.resumable;

import slipway.health.BusyException;

/** Another node receives the upload, and was asked to let it go; or none does for a moment. */
public final class ElsewhereException extends BusyException {
  private static final long serialVersionUID = 1L;

  /** With its message for scripts. */
  public ElsewhereException() {
    super("Another server is at this upload just now: try again in a few seconds.");
  }
}
