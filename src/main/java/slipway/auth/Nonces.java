package slipway.auth;

/** The nonces of signed requests that were used (RFC 5849, 3.3). For many threads. */
interface Nonces {
  /**
   * Uses up a nonce, once the signature of its request and the window of its timestamp have been
   * checked.
   *
   * @param stamp its timestamp, in seconds
   * @throws InvalidSignatureException when it was used before, or may have been
   */
  void use(long credentialId, long stamp, String nonce) throws InvalidSignatureException;

  /**
   * Checks that a nonce could be used.
   *
   * @param stamp its timestamp, in seconds
   * @throws InvalidSignatureException when it was used before, or may have been
   */
  void check(long credentialId, long stamp, String nonce) throws InvalidSignatureException;

  /** The failure of a nonce that was used before. */
  static InvalidSignatureException used() {
    return new InvalidSignatureException(
        "The oauth_nonce was used before with this oauth_timestamp; each request needs its own.");
  }

  /** The failure of a nonce of which it is unknown whether it was used before. */
  static InvalidSignatureException forgotten() {
    return new InvalidSignatureException(
        "The oauth_timestamp is older than what this server remembers; sign the request anew.");
  }
}
