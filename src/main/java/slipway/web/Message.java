package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Pages that say why there is nothing to see. */
final class Message {
  private Message() {}

  static PageTemplate notFound(PageSite site, HttpServletRequest request) {
    return of(site, request, "missing").status(HttpServletResponse.SC_NOT_FOUND);
  }

  static PageTemplate closed(PageSite site, HttpServletRequest request) {
    return of(site, request, "closed").status(HttpServletResponse.SC_FORBIDDEN);
  }

  static PageTemplate tooLarge(PageSite site, HttpServletRequest request) {
    return of(site, request, "zip").status(HttpServletResponse.SC_FORBIDDEN);
  }

  static PageTemplate ended(PageSite site, HttpServletRequest request) {
    return of(site, request, "link_ended").status(HttpServletResponse.SC_GONE);
  }

  private static PageTemplate of(PageSite site, HttpServletRequest request, String why) {
    return new PageTemplate(site, "message", request).with("why", why);
  }
}
