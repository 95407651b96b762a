package slipway.http.uploadtoken;

import java.util.List;
import java.util.Locale;
import slipway.http.ApiException;
import slipway.http.WebAddress;

/**
 * Which return_urls are taken.
 *
 * @param allowedHosts host names, {@code *.example.com} for all below one; empty for every host
 */
public record ReturnUrls(List<String> allowedHosts) {
  /**
   * The URL as given, when a visitor may be sent there.
   *
   * @throws ApiException when not
   */
  String check(String url) throws ApiException {
    String host = WebAddress.parse("return_url", url).getHost().toLowerCase(Locale.ROOT);
    if (!allowedHosts.isEmpty() && allowedHosts.stream().noneMatch(one -> matches(one, host))) {
      throw ApiException.invalid(
          "return_url", "on one of these hosts: " + String.join(", ", allowedHosts));
    }
    return url;
  }

  private static boolean matches(String allowed, String host) {
    return allowed.startsWith("*.")
        ? host.endsWith(allowed.substring(1))
        : host.equals(allowed.toLowerCase(Locale.ROOT));
  }
}
