package slipway.health;

/** Something that cannot be done now, although the request is valid: try again later. */
public class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With a message for the log.
   *
   * @param cause null where there is none
   */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the reason is a full disk. */
  public boolean isDiskFull() {
    return false;
  }
}
