package slipway.http.uploadtoken;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import slipway.http.ApiException;

/** The origin of web pages, as browsers serialize it in an Origin header (RFC 6454, 6.2). */
final class WebOrigin {
  private WebOrigin() {}

  /** Reads {@code https://www.example.com[:port]}; a slash at its end does no harm. */
  static String parse(String parameter, String text) throws ApiException {
    try {
      URI uri = new URI(text.toLowerCase(Locale.ROOT));
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
      // Said below.
    }
    throw ApiException.invalid(
        parameter, "the scheme, host and port of web pages, such as https://www.example.com");
  }
}
