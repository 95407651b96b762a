package slipway.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 signatures of requests (RFC 5849, 3.4.2). Their cost is linear in the request. */
final class Signature {
  private static final String HMAC = "HmacSHA1";
  private static final String HEX = "0123456789ABCDEF";

  private Signature() {}

  /** A parameter as it is signed: percent-encoded, and sorted by that. */
  private record Encoded(String name, String value) {
    static final Comparator<Encoded> ORDER =
        Comparator.comparing(Encoded::name).thenComparing(Encoded::value);

    static Encoded of(Map.Entry<String, String> parameter) {
      return new Encoded(encode(parameter.getKey()), encode(parameter.getValue()));
    }
  }

  /** The signature that a request must have, in Base64. */
  static String of(SignedRequest request, OAuthKey key) {
    String secrets = encode(key.consumerSecret()) + "&" + encode(key.accessSecret());
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(ascii(secrets), HMAC));
      addBaseString(request, mac);
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HMAC, e);
    }
  }

  /** RFC 5849, 3.4.1.1. It is never held as a whole: it has up to 5 characters for a byte. */
  private static void addBaseString(SignedRequest request, Mac mac) {
    String method = encode(request.method().toUpperCase(Locale.ROOT));
    mac.update(ascii(method + "&" + encode(baseUri(request.url())) + "&"));
    String separator = "";
    for (Encoded parameter : sorted(request)) {
      mac.update(ascii(separator));
      mac.update(ascii(encode(parameter.name())));
      mac.update(ascii("%3D"));
      mac.update(ascii(encode(parameter.value())));
      separator = "%26";
    }
  }

  /** RFC 5849, 3.4.1.3.2. */
  private static List<Encoded> sorted(SignedRequest request) {
    List<Encoded> sorted = new ArrayList<>();
    request.parameters().forEach(parameter -> sorted.add(Encoded.of(parameter)));
    request.protocol().entrySet().stream()
        .filter(parameter -> !parameter.getKey().equals("oauth_signature"))
        .forEach(parameter -> sorted.add(Encoded.of(parameter)));
    sorted.sort(Encoded.ORDER);
    return sorted;
  }

  /** Scheme and host in lower case, no default port, no query (RFC 5849, 3.4.1.2). */
  private static String baseUri(String url) {
    String plain = url.split("[?#]", 2)[0];
    int host = plain.indexOf("://") + 3;
    int path = plain.indexOf('/', host);
    String site = (path < 0 ? plain : plain.substring(0, path)).toLowerCase(Locale.ROOT);
    String port = site.startsWith("https:") ? ":443" : ":80";
    int end = site.endsWith(port) ? site.length() - port.length() : site.length();
    return site.substring(0, end) + (path < 0 ? "/" : plain.substring(path));
  }

  /** RFC 5849, 3.6. */
  private static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(bytes.length + bytes.length / 4);
    for (byte b : bytes) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
