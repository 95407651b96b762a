package slipway.auth;

/** The credential that a caller showed has been revoked meanwhile. */
public final class CredentialRevokedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CredentialRevokedException() {
    super("The credential has been revoked");
  }
}
