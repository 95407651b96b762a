package slipway.health;

/** Something that cannot be done now, though nothing is wrong with what was asked: try it later. */
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

  /** Whether that is because the disk has no room. */
  public boolean isDiskFull() {
    return false;
  }
}
