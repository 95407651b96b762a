package slipway.health;

/**
 * A text is too long for an index of the database: nothing was written, and another attempt would
 * fail, too.
 */
public final class TextTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the database's failure. */
  public TextTooLongException(Throwable cause) {
    super("A text is longer than the database accepts", cause);
  }
}
