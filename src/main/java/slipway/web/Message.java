package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Pages that say why there is nothing to see. */
final class Message {
  private Message() {}

  static Page notFound(Site site, HttpServletRequest request) {
    return of(site, request, "Nothing here", "There is no such page, or it is not published.")
        .status(HttpServletResponse.SC_NOT_FOUND);
  }

  static Page closed(Site site, HttpServletRequest request) {
    return of(site, request, "This site is closed", "What it holds is shown to its members only.")
        .status(HttpServletResponse.SC_FORBIDDEN);
  }

  private static Page of(Site site, HttpServletRequest request, String title, String text) {
    return new Page(site, "message", request).with("title", title).with("text", text);
  }
}
