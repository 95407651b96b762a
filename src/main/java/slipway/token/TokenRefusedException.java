package slipway.token;

/** No upload may start with this token; the message says why, and is shown to the visitor. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a token is refused. */
  public enum Reason {
    UNKNOWN("This %s is not known."),
    EXPIRED("This %s has expired."),
    USED_UP("This %s has been used up."),
    /** Running uploads hold its last uses, or the rest of its link, and may return them. */
    IN_USE(
        "Unfinished uploads hold what is left of this %s, or of its upload link; try again once they"
            + " have ended."),
    /** The link that the token is of has received all that it takes. */
    LINK_USED_UP("The upload link of this %s has received all that it takes."),
    /** The link that the token is of has no room for the file. */
    LINK_FULL("The upload link of this %s has no room for a file of this size.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  /**
   * A refusal for that reason.
   *
   * @param asked the purpose that the token was used for
   */
  public TokenRefusedException(Reason reason, TokenPurpose asked) {
    super(String.format(reason.text, asked.noun()));
    this.reason = reason;
  }

  /** Why it is refused. */
  public Reason reason() {
    return reason;
  }
}
