package slipway.editing;

/** So many changes wait that no other is accepted now; a later attempt may succeed. */
public final class TooManyChangesException extends Exception {
  private static final long serialVersionUID = 1L;

  TooManyChangesException() {
    super("Too many changes are waiting; please try again.");
  }
}
