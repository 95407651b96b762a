package slipway.health;

/** As much of one kind is being done as may be at a time; told to whoever asks, not to the log. */
public class BusyException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /** With a message for the log. */
  public BusyException(String message) {
    super(message, null);
  }
}
