package slipway.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Map;

/**
 * An answer that nobody may keep, whatever is said of it: who has it in a year may have had leave
 * to look at it for a day.
 */
final class UnkeptResponse extends HttpServletResponseWrapper {
  private static final Map<String, String> FIXED =
      Map.of(
          "Cache-Control", "no-store",
          "Cross-Origin-Resource-Policy", "same-origin");

  private UnkeptResponse(HttpServletResponse response) {
    super(response);
  }

  static HttpServletResponse of(HttpServletResponse response) {
    FIXED.forEach(response::setHeader);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex, noarchive");
    return new UnkeptResponse(response);
  }

  @Override
  public void setHeader(String name, String value) {
    // Nor does a page of another origin read it.
    if (!FIXED.containsKey(name) && !name.equals("Access-Control-Allow-Origin")) {
      super.setHeader(name, value);
    }
  }
}
