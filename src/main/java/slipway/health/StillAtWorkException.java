package slipway.health;

/** A part that was closed is still working on the data, as it waits for a disk or a database. */
public final class StillAtWorkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the log. */
  public StillAtWorkException(String message) {
    super(message);
  }
}
