package slipway.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Checks addresses of web pages that callers give. */
public final class WebAddress {
  /** Characters at most. */
  static final int MAX_LENGTH = 4000;

  /** What is taken. */
  private static final String VALID = valid(MAX_LENGTH);

  private static final int MAX_PORT = 65_535;

  private WebAddress() {}

  /** What is valid where it may have so many characters. */
  static String valid(int most) {
    return "an absolute http or https URL of at most "
        + most
        + " characters, percent-encoded where needed";
  }

  /**
   * Reads an absolute http or https URL.
   *
   * @param parameter the name of the parameter it came in
   * @throws ApiException when it is none, carries a user's name, or has over 4000 characters
   */
  public static URI parse(String parameter, String url) throws ApiException {
    return parse(parameter, url, VALID);
  }

  /**
   * The same.
   *
   * @param valid what is valid, for the message
   */
  static URI parse(String parameter, String url, String valid) throws ApiException {
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
    throw ApiException.invalid(parameter, valid);
  }
}
