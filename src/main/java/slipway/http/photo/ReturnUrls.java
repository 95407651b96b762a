package slipway.http.photo;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import slipway.http.ApiException;

/**
 * Which return_urls are taken.
 *
 * @param allowedHosts host names, {@code *.example.com} for all below one; empty for every host
 */
public record ReturnUrls(List<String> allowedHosts) {
  private static final String VALID =
      "an absolute http or https URL without spaces or control characters";

  /**
   * The URL as given, when a visitor may be sent there.
   *
   * @throws ApiException when not
   */
  String check(String url) throws ApiException {
    URI uri = parse(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!allowedHosts.isEmpty() && allowedHosts.stream().noneMatch(one -> matches(one, host))) {
      throw ApiException.invalid(
          "return_url", "on one of these hosts: " + String.join(", ", allowedHosts));
    }
    return url;
  }

  private static URI parse(String url) throws ApiException {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw ApiException.invalid("return_url", VALID);
  }

  private static boolean matches(String allowed, String host) {
    return allowed.startsWith("*.")
        ? host.endsWith(allowed.substring(1))
        : host.equals(allowed.toLowerCase(Locale.ROOT));
  }
}
