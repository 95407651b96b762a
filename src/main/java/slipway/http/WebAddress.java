package slipway.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.net.Digits;
import slipway.net.HostName;

/** Checks addresses of web pages that callers give. */
public final class WebAddress {
  /** Characters at most. */
  static final int MAX_LENGTH = 4000;

  /** The accepted addresses, for error messages. */
  private static final String VALID = valid(MAX_LENGTH);

  private static final int MAX_PORT = 65_535;
  private static final Pattern AUTHORITY =
      Pattern.compile("([^:@\\[\\]]+|\\[[^\\[\\]@]+\\])(?::([0-9]{0,5}))?");
  private static final int PORT = 2;

  private WebAddress() {}

  /** The accepted addresses of at most so many characters, for error messages. */
  public static String valid(int most) {
    return "an absolute http or https URL of at most "
        + most
        + " characters, percent-encoded where needed, without a user name";
  }

  /**
   * Reads an absolute http or https URL, as it is except for its host: that of an international
   * name becomes ASCII (RFC 3492).
   *
   * @param parameter the name of the parameter it came in
   * @throws ApiException when it is not such a URL, contains a user name, or has over 4000
   *     characters
   */
  public static URI parse(String parameter, String url) throws ApiException {
    return parse(parameter, url, VALID);
  }

  /**
   * The same.
   *
   * @param valid what is valid, for the message
   */
  public static URI parse(String parameter, String url, String valid) throws ApiException {
    try {
      // Checked before it is parsed.
      URI uri = new URI(url.length() > MAX_LENGTH ? "" : url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      String authority = web ? authority(uri.getRawAuthority()) : null;
      if (authority != null) {
        return withAuthority(uri, authority);
      }
    } catch (URISyntaxException e) {
      // The error is thrown below.
    }
    throw ApiException.invalid(parameter, valid);
  }

  /** Host and port in ASCII; null where they are not valid. */
  private static String authority(String given) {
    Matcher parts = AUTHORITY.matcher(given == null ? "" : given);
    if (!parts.matches()) {
      return null;
    }
    String port = parts.group(PORT);
    if (port != null && Digits.parse(port).orElse(0) > MAX_PORT) {
      return null;
    }
    String host = HostName.ascii(parts.group(1)).orElse(null);
    return host == null ? null : host + given.substring(parts.end(1));
  }

  private static URI withAuthority(URI uri, String authority) throws URISyntaxException {
    String before = uri.getRawAuthority();
    if (authority.equals(before)) {
      return uri;
    }
    String url = uri.toString();
    int start = url.indexOf("//") + 2;
    return new URI(url.substring(0, start) + authority + url.substring(start + before.length()));
  }
}
