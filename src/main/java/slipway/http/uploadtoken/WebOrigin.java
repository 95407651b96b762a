package slipway.http.uploadtoken;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import slipway.http.ApiException;
import slipway.token.AllowedOrigin;

/** The origin of web pages, as browsers serialize it in an Origin header (RFC 6454, 6.2). */
final class WebOrigin {
  private WebOrigin() {}

  /**
   * Reads {@code https://www.example.com[:port]}, with or without {@code null} after it; a slash at
   * the origin's end does no harm.
   */
  static AllowedOrigin parse(String parameter, String text) throws ApiException {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split("\\s+", 2);
    boolean orNull = parts.length == 2;
    if (orNull && !parts[1].equals(AllowedOrigin.NULL)) {
      throw invalid(parameter);
    }
    return new AllowedOrigin(origin(parameter, parts[0]), orNull);
  }

  private static String origin(String parameter, String text) throws ApiException {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      int defaultPort = "http".equals(scheme) ? 80 : "https".equals(scheme) ? 443 : -1;
      if (defaultPort > 0
          && uri.getHost() != null
          && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        boolean plain = uri.getPort() < 0 || uri.getPort() == defaultPort;
        return scheme + "://" + uri.getHost() + (plain ? "" : ":" + uri.getPort());
      }
    } catch (URISyntaxException e) {
      // It is refused below.
    }
    throw invalid(parameter);
  }

  private static ApiException invalid(String parameter) {
    return ApiException.invalid(
        parameter,
        "the scheme, host and port of web pages, such as https://www.example.com, or these and"
            + " null: https://www.example.com null");
  }
}
