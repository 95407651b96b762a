package slipway.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/** URLs as a header or a request line can hold them. */
public final class AsciiUrl {
  private static final Pattern OTHER = Pattern.compile("[^\\x00-\\x7F]+");

  private AsciiUrl() {}

  /**
   * A URL with what is not ASCII percent-encoded as UTF-8; all else is as it was. Goes by character
   * and not by {@link java.net.URI#toASCIIString}, which puts accents after letters into them.
   */
  public static String of(String url) {
    return OTHER.matcher(url).replaceAll(other -> URLEncoder.encode(other.group(), UTF_8));
  }
}
