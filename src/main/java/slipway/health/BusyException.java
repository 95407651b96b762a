package slipway.health;

/**
 * As much work of one kind is in progress as may be at a time; reported to the caller, not to the
 * log.
 */
public class BusyException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /** With a message for the log. */
  public BusyException(String message) {
    super(message, null);
  }
}
