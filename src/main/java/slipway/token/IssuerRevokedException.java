package slipway.token;

/** The credential that issues a token has been revoked meanwhile. */
public final class IssuerRevokedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says so. */
  public IssuerRevokedException() {
    super("The credential has been revoked");
  }
}
