package slipway.token;

/** The credential that issues a token has been revoked meanwhile. */
public final class IssuerRevokedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With that message. */
  public IssuerRevokedException() {
    super("The credential has been revoked");
  }
}
