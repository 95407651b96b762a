package slipway.auth;

/**
 * A request whose OAuth signature is not valid. The message says why, and contains nothing secret.
 */
public final class InvalidSignatureException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSignatureException(String message) {
    super(message);
  }
}
