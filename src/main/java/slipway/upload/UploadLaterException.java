package slipway.upload;

import java.io.IOException;

/** A piece that cannot be taken now, but may be soon; the message is for the visitor's eyes. */
public final class UploadLaterException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    NO_ROOM,
    TOO_MANY_GAPS,
    LOCKED
  }

  private final Reason reason;

  UploadLaterException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static UploadLaterException locked() {
    return new UploadLaterException(
        Reason.LOCKED, "Another connection is sending this upload; try again soon.");
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
