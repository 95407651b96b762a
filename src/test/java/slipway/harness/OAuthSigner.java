package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by OAuth 1.0a as a client does, written from RFC 5849 alone so that it shares
 * nothing with the server.
 */
public final class OAuthSigner {
  private final String consumerKey;
  private final String consumerSecret;
  private final String token;
  private final String tokenSecret;

  /** With a client's and a token's credentials. */
  public OAuthSigner(String consumerKey, String consumerSecret, String token, String tokenSecret) {
    this.consumerKey = consumerKey;
    this.consumerSecret = consumerSecret;
    this.token = token;
    this.tokenSecret = tokenSecret;
  }

  /** With a new credential of that level, which the server's first key makes. */
  public static OAuthSigner of(Server server, String level) {
    Answer made =
        ApiClient.withKey(server)
            .post(
                "/api/credential/create",
                Map.of("name", "OAuth test", "level", level, "kind", "oauth", "user_id", "1"));
    return new OAuthSigner(
        made.xml("/response/consumer_key"),
        made.xml("/response/consumer_secret"),
        made.xml("/response/access_token"),
        made.xml("/response/access_token_secret"));
  }

  /** The consumer key. */
  public String consumerKey() {
    return consumerKey;
  }

  /** The consumer secret. */
  public String consumerSecret() {
    return consumerSecret;
  }

  /** The access token. */
  public String token() {
    return token;
  }

  /** The access token's secret. */
  public String tokenSecret() {
    return tokenSecret;
  }

  /** The OAuth parameters of a request made now, with its signature. */
  public Map<String, String> sign(String method, String url, Map<String, String> parameters) {
    String nonce = UUID.randomUUID().toString();
    return sign(method, url, parameters, nonce, Instant.now().getEpochSecond());
  }

  /** The OAuth parameters of a request, with its signature (RFC 5849, 3.4). */
  public Map<String, String> sign(
      String method, String url, Map<String, String> parameters, String nonce, long timestamp) {
    return sign(method, url, parameters, nonce, timestamp, "1.0");
  }

  /** The same, which names another version. */
  public Map<String, String> sign(
      String method,
      String url,
      Map<String, String> parameters,
      String nonce,
      long timestamp,
      String version) {
    Map<String, String> oauth = new LinkedHashMap<>();
    oauth.put("oauth_consumer_key", consumerKey);
    oauth.put("oauth_token", token);
    oauth.put("oauth_signature_method", "HMAC-SHA1");
    oauth.put("oauth_timestamp", Long.toString(timestamp));
    oauth.put("oauth_nonce", nonce);
    oauth.put("oauth_version", version);
    Map<String, String> encoded = new TreeMap<>();
    parameters.forEach((name, value) -> encoded.put(encode(name), encode(value)));
    oauth.forEach((name, value) -> encoded.put(encode(name), encode(value)));
    String normalized =
        encoded.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(joining("&"));
    String base = method + "&" + encode(url) + "&" + encode(normalized);
    oauth.put("oauth_signature", hmac(base, encode(consumerSecret) + "&" + encode(tokenSecret)));
    return oauth;
  }

  /** The Authorization header that carries OAuth parameters (RFC 5849, 3.5.1). */
  public static String header(Map<String, String> oauth) {
    return oauth.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=\"" + encode(entry.getValue()) + "\"")
        .collect(joining(", ", "OAuth realm=\"a, realm\", ", ""));
  }

  /** HMAC-SHA1 in Base64 (RFC 5849, 3.4.2). */
  public static String hmac(String text, String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5849, 3.6. */
  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
