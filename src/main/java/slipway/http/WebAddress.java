package slipway.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Checks addresses of web pages that callers give. */
public final class WebAddress {
  /** Characters at most. */
  static final int MAX_LENGTH = 4000;

  /** What is taken. */
  static final String VALID =
      "an absolute http or https URL of at most "
          + MAX_LENGTH
          + " characters, with what a URL cannot hold percent-encoded";

  private static final int MAX_PORT = 65_535;

  private WebAddress() {}

  /**
   * Reads an absolute http or https URL.
   *
   * @param parameter the name of the parameter it came in
   * @throws ApiException when it is none, carries a user's name, or has over 4000 characters
   */
  public static URI parse(String parameter, String url) throws ApiException {
    try {
      // Before it is looked into.
      URI uri = new URI(url.length() > MAX_LENGTH ? "" : url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw ApiException.invalid(parameter, VALID);
  }
}
