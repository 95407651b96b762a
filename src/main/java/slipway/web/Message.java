package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Pages that say why there is nothing to see. */
final class Message {
  private Message() {}

  static Page notFound(Site site, HttpServletRequest request) {
    return of(site, request, "missing").status(HttpServletResponse.SC_NOT_FOUND);
  }

  static Page closed(Site site, HttpServletRequest request) {
    return of(site, request, "closed").status(HttpServletResponse.SC_FORBIDDEN);
  }

  private static Page of(Site site, HttpServletRequest request, String why) {
    return new Page(site, "message", request).with("why", why);
  }
}
