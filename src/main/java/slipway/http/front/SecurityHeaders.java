package slipway.http.front;

import jakarta.servlet.http.HttpServletResponse;

/** The security headers of every answer, unless a page sets stricter ones. */
final class SecurityHeaders {
  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Addresses may hold a photo's token or an upload's.
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(
        "Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  }
}
