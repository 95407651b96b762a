package slipway.http.uploadtoken;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import slipway.http.ApiException;
import slipway.net.HostName;

/**
 * Which return_urls are accepted.
 *
 * @param allowedHosts host names, {@code *.example.com} for all below one; empty for every host
 */
public record ReturnUrls(List<String> allowedHosts) {
  /**
   * The URL as given, when a visitor may be sent there.
   *
   * @throws ApiException when not
   */
  public URI check(String parameter, URI url) throws ApiException {
    String host = HostName.of(url);
    if (!allowedHosts.isEmpty() && allowedHosts.stream().noneMatch(one -> matches(one, host))) {
      throw ApiException.invalid(
          parameter, "on one of these hosts: " + String.join(", ", allowedHosts));
    }
    return url;
  }

  private static boolean matches(String allowed, String host) {
    return allowed.startsWith("*.")
        ? host.endsWith(allowed.substring(1))
        : host.equals(allowed.toLowerCase(Locale.ROOT));
  }
}
