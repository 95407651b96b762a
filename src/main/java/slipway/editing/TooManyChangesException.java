package slipway.editing;

/** So many changes wait that no other is taken now; it may be soon. */
public final class TooManyChangesException extends Exception {
  private static final long serialVersionUID = 1L;

  TooManyChangesException() {
    super("Too many changes are waiting; please try again.");
  }
}
