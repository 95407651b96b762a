package slipway.health;

/**
 * A text is longer than the database accepts it, where it has an index: nothing was written, and no
 * other try ends in anything else.
 */
public final class TextTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** By what the database says. */
  public TextTooLongException(Throwable cause) {
    super("A text is longer than the database accepts", cause);
  }
}
