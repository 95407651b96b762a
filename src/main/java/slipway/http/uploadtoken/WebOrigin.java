package slipway.http.uploadtoken;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.WebAddress;
import slipway.net.HostName;
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
      URI uri = WebAddress.parse(parameter, text);
      int defaultPort = uri.getScheme().equals("http") ? 80 : 443;
      String given = uri.getRawAuthority();
      String host = HostName.of(uri);
      String port = given.substring(host.length()).replaceFirst(":0*(?=\\d)", ":");
      boolean isDefault = port.equals(":" + defaultPort) || port.equals(":");
      Optional<String> name = HostName.inOrigin(host);
      if (name.isPresent()
          && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri.getScheme() + "://" + name.get() + (isDefault ? "" : port);
      }
    } catch (ApiException e) {
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
