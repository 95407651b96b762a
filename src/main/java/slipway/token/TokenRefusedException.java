package slipway.token;

/** No upload may start with this token; the message says why and is for the visitor's eyes. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a token is refused. */
  public enum Reason {
    UNKNOWN("This upload token is not known."),
    EXPIRED("This upload token has expired."),
    USED_UP("This upload token has been used up."),
    /** Uploads that are under way have its last uses, and may give them back. */
    IN_USE(
        "Another upload with this upload token is still in progress; please wait a moment, then"
            + " try again.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  TokenRefusedException(Reason reason) {
    super(reason.text);
    this.reason = reason;
  }

  /** Why it is refused. */
  public Reason reason() {
    return reason;
  }
}
