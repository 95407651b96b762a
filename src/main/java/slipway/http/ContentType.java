package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;

/**
 * The header {@code Content-Type} of a request, as it was sent. The container's own reading of it
 * fails where it names a charset that Java does not know.
 */
public final class ContentType {
  private ContentType() {}

  /** All of it; null for none. */
  public static String of(HttpServletRequest request) {
    return request.getHeader("Content-Type");
  }

  /** The media type without its parameters, in lower case; empty for none. */
  public static String mediaType(HttpServletRequest request) {
    String given = Objects.requireNonNullElse(of(request), "");
    return given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
