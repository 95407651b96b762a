package slipway.auth;

/**
 * The OAuth 1.0a key of a credential (RFC 5849): client and token credentials, made together.
 *
 * @param consumerKey {@code oauth_consumer_key}, 32 hex digits
 * @param consumerSecret the client's shared secret, 40 hex digits
 * @param accessToken {@code oauth_token}, 32 hex digits
 * @param accessSecret the token's shared secret, 40 hex digits
 */
public record OAuthKey(
    String consumerKey, String consumerSecret, String accessToken, String accessSecret) {

  /** A key that nobody can guess. */
  public static OAuthKey random() {
    return new OAuthKey(Secrets.hex(16), Secrets.hex(20), Secrets.hex(16), Secrets.hex(20));
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "OAuthKey[" + consumerKey + "]";
  }
}
