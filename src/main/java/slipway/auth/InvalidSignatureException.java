package slipway.auth;

/** A request whose OAuth signature does not count; the message says why, and nothing secret. */
public final class InvalidSignatureException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSignatureException(String message) {
    super(message);
  }
}
