package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Content-Disposition} of a request whose body is a file (RFC 6266). */
public final class ContentDisposition {
  private static final Pattern FILENAME =
      Pattern.compile("(?i).*;\\s*filename=\"([^\"]*)\".*", Pattern.DOTALL);

  private ContentDisposition() {}

  /** The name of the file; empty for none. Scripts percent-encode it. */
  public static String filename(HttpServletRequest request) {
    String header = request.getHeader("Content-Disposition");
    Matcher named = FILENAME.matcher(header == null ? "" : header);
    return named.matches() ? decoded(named.group(1)) : "";
  }

  /** Decodes what {@code encodeURI} encodes, which leaves a plus sign as it is. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
