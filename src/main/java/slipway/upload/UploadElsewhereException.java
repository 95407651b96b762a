package slipway.upload;

import slipway.health.BusyException;

/** An upload in pieces that another node receives, which was asked to let it go. */
public final class UploadElsewhereException extends BusyException {
  private static final long serialVersionUID = 1L;

  /** With its message for scripts. */
  public UploadElsewhereException() {
    super("Another server is at this upload just now: try again in a few seconds.");
  }
}
