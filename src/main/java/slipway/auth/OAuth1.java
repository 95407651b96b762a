package slipway.auth;

import java.util.List;
import java.util.Map;
import java.util.Set;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.net.Digits;

/**
 * Checks requests signed by OAuth 1.0a (RFC 5849) with HMAC-SHA1 and both secrets of a credential:
 * two-legged, there is no authorization by a resource owner.
 */
public final class OAuth1 {
  private static final List<String> NEEDED =
      List.of(
          "oauth_consumer_key",
          "oauth_token",
          "oauth_signature_method",
          "oauth_signature",
          "oauth_timestamp",
          "oauth_nonce");

  /** Some libraries send the name of the specification's revision in place of the version. */
  private static final Set<String> VERSIONS = Set.of("1.0", "1.0a", "1.0A");

  private static final int LONGEST_NONCE = 200;

  private final CredentialStore credentials;
  private final ClockWatch clock;
  private final long window;
  private final Nonces nonces;

  /**
   * A check of signatures by these credentials.
   *
   * @param clock what timestamps are compared with
   * @param window seconds that a timestamp may be off the clock, either way
   * @param most nonces remembered per credential, where they are remembered in memory
   */
  public OAuth1(
      CredentialStore credentials, Database database, ClockWatch clock, long window, int most) {
    this.credentials = credentials;
    this.clock = clock;
    this.window = window;
    this.nonces =
        database.hasOneWriter()
            ? new OwnNonces(database, clock, window, most)
            : new SharedNonces(database, clock, window);
  }

  /**
   * The credential whose holder signed the request, which is used up by that.
   *
   * @throws InvalidSignatureException when the signature is not valid, and why
   */
  public Credential verify(SignedRequest request) throws InvalidSignatureException {
    CredentialTable.Entry entry = check(request);
    Map<String, String> protocol = request.protocol();
    long stamp = stamp(protocol.get("oauth_timestamp"));
    nonces.use(entry.credential().credentialId(), stamp, protocol.get("oauth_nonce"));
    return entry.credential();
  }

  /** Whether {@link #verify} would take it now; it is not used up by that. */
  public boolean isValid(SignedRequest request) {
    try {
      CredentialTable.Entry entry = check(request);
      Map<String, String> protocol = request.protocol();
      long stamp = stamp(protocol.get("oauth_timestamp"));
      nonces.check(entry.credential().credentialId(), stamp, protocol.get("oauth_nonce"));
      return true;
    } catch (InvalidSignatureException e) {
      return false;
    }
  }

  /** Checks everything except whether it was used before. */
  private CredentialTable.Entry check(SignedRequest request) throws InvalidSignatureException {
    Map<String, String> protocol = request.protocol();
    checkForm(protocol);
    stamp(protocol.get("oauth_timestamp"));
    CredentialTable.Entry entry =
        credentials
            .findOAuth(protocol.get("oauth_consumer_key"))
            .orElseThrow(() -> new InvalidSignatureException("The oauth_consumer_key is unknown."));
    if (!Secrets.same(entry.oauth().accessToken(), protocol.get("oauth_token"))) {
      throw new InvalidSignatureException("The oauth_token does not go with oauth_consumer_key.");
    }
    checkSignature(request, entry.oauth());
    return entry;
  }

  private static void checkForm(Map<String, String> protocol) throws InvalidSignatureException {
    for (String name : NEEDED) {
      if (protocol.getOrDefault(name, "").isEmpty()) {
        throw new InvalidSignatureException("The OAuth parameter '" + name + "' is missing.");
      }
    }
    if (!protocol.get("oauth_signature_method").equals("HMAC-SHA1")) {
      throw new InvalidSignatureException("The oauth_signature_method must be HMAC-SHA1.");
    }
    if (!VERSIONS.contains(protocol.getOrDefault("oauth_version", "1.0"))) {
      throw new InvalidSignatureException("The oauth_version must be 1.0.");
    }
    if (protocol.get("oauth_nonce").length() > LONGEST_NONCE) {
      throw new InvalidSignatureException(
          "The oauth_nonce is too long: at most " + LONGEST_NONCE + " characters.");
    }
  }

  private long stamp(String text) throws InvalidSignatureException {
    long now = clock.now().getEpochSecond();
    long stamp = Digits.parse(text).orElse(0);
    if (stamp > 0 && Math.abs(stamp - now) <= window) {
      return stamp;
    }
    throw new InvalidSignatureException(
        "The oauth_timestamp must be in seconds since 1970 and within "
            + window
            + " seconds of this server's clock, which shows "
            + now
            + ".");
  }

  private static void checkSignature(SignedRequest request, OAuthKey key)
      throws InvalidSignatureException {
    String signature = request.protocol().get("oauth_signature");
    if (!Secrets.same(Signature.of(request, key), signature)) {
      throw new InvalidSignatureException(
          "The oauth_signature does not match. It must cover "
              + request.method()
              + " "
              + request.url()
              + ", the parameters of the query and of a urlencoded body, and the OAuth parameters,"
              + " and be made with both secrets.");
    }
  }
}
