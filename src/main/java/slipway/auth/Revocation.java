package slipway.auth;

import slipway.token.TokenRegistry;

/** Ends credentials, and with them what was issued by them. */
public final class Revocation {
  private final CredentialStore credentials;
  private final TokenRegistry tokens;

  /** Ends these credentials and tokens. */
  public Revocation(CredentialStore credentials, TokenRegistry tokens) {
    this.credentials = credentials;
    this.tokens = tokens;
  }

  /**
   * Ends a credential at once and for good.
   *
   * @param keepTokens whether the upload tokens that it issued stay valid; else they end with it
   * @return whether there was one of that number
   * @throws LastSuperException when it is the last one of level super
   */
  public boolean revoke(long credentialId, boolean keepTokens) throws LastSuperException {
    if (keepTokens) {
      return credentials.revoke(credentialId, tx -> {});
    }
    boolean was = credentials.revoke(credentialId, tx -> tokens.revokeAll(tx, credentialId));
    if (was) {
      tokens.dropAll(credentialId);
    }
    return was;
  }
}
