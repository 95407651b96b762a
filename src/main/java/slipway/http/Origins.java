package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.http.limit.Proxies;
import slipway.net.AddressRange;

/**
 * Gives the address at which a client reached this server: the configured one, else what a trusted
 * proxy says in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-Proto} and {@code
 * X-Forwarded-Host}, else what the request itself says.
 */
public final class Origins {
  private static final Pattern AUTHORITY =
      Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?");
  private static final Pattern PAIR =
      Pattern.compile("(?:^|;)\\s*(\\w+)=(?:\"([^\"\\\\]*)\"|([^;\"]*))");

  private final URI baseUrl;
  private final Proxies proxies;

  /** The authority that was found valid last, as most requests have the same; null for none. */
  private volatile String known;

  /**
   * The rules.
   *
   * @param baseUrl the address of every visitor; null to take it from each request
   * @param proxies the proxies that are trusted
   */
  public Origins(URI baseUrl, Proxies proxies) {
    this.baseUrl = baseUrl;
    this.proxies = proxies;
  }

  /** The origin of a request, such as {@code https://media.example.com}: no default port. */
  ServerOrigin of(HttpServletRequest request) {
    if (baseUrl != null) {
      return ServerOrigin.of(baseUrl.getScheme(), baseUrl.getRawAuthority());
    }
    String scheme = request.getScheme();
    String host = Optional.ofNullable(request.getHeader("Host")).orElse(ownAuthority(request));
    if (proxies.sent(request)) {
      scheme = said(request, "proto", "X-Forwarded-Proto").filter(Origins::isWeb).orElse(scheme);
      host = said(request, "host", "X-Forwarded-Host").filter(this::isAuthority).orElse(host);
    }
    return ServerOrigin.of(scheme, isAuthority(host) ? host : ownAuthority(request));
  }

  /** The same as text. */
  public String text(HttpServletRequest request) {
    return of(request).url();
  }

  /** As the container gives it; for a header {@code Host} without a host, some give none. */
  private static String ownAuthority(HttpServletRequest request) {
    String name = request.getServerName();
    String host = name == null || name.isEmpty() ? ownAddress(request) : name;
    return host + ":" + request.getServerPort();
  }

  private static String ownAddress(HttpServletRequest request) {
    String address = request.getLocalAddr();
    return address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address;
  }

  /**
   * The value from the nearest proxy: the last of a list, as those before it may be the visitor's
   * own.
   */
  private static Optional<String> said(HttpServletRequest request, String name, String header) {
    Optional<String> forwarded = last(request, "Forwarded");
    if (forwarded.isPresent()) {
      Matcher pair = PAIR.matcher(forwarded.get());
      while (pair.find()) {
        if (pair.group(1).equalsIgnoreCase(name)) {
          return Optional.of(pair.group(2) == null ? pair.group(3).strip() : pair.group(2));
        }
      }
    }
    return last(request, header);
  }

  private static Optional<String> last(HttpServletRequest request, String header) {
    String last = null;
    Enumeration<String> values = request.getHeaders(header);
    while (values.hasMoreElements()) {
      String value = values.nextElement();
      last = value.substring(value.lastIndexOf(',') + 1).strip();
    }
    return Optional.ofNullable(last);
  }

  private static boolean isWeb(String scheme) {
    return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
  }

  private boolean isAuthority(String host) {
    if (host.equals(known)) {
      return true;
    }
    Matcher authority = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
    boolean isOne =
        authority.matches()
            && (!host.startsWith("[") || AddressRange.address(authority.group(1)).isPresent());
    if (isOne) {
      known = host;
    }
    return isOne;
  }

  /**
   * A scheme and an authority, in lower case.
   *
   * @param authority host, with the port where it is not the scheme's default
   */
  record ServerOrigin(String scheme, String authority) {
    static ServerOrigin of(String scheme, String authority) {
      String lower = scheme.toLowerCase(Locale.ROOT);
      String defaultPort = lower.equals("https") ? ":443" : ":80";
      String host = authority.toLowerCase(Locale.ROOT);
      boolean needless = host.endsWith(defaultPort);
      return new ServerOrigin(
          lower, needless ? host.substring(0, host.length() - defaultPort.length()) : host);
    }

    String url() {
      return scheme + "://" + authority;
    }
  }
}
