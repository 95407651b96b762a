package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The site of the pages.
 *
 * @param branding how it presents itself
 * @param openTo whether the one who made a request may look around
 * @param isByASession whether that is by a session alone, which its browser can end
 * @param origin the address that a visitor reached the server at, without a path, such as {@code
 *     https://media.example.com}
 * @param assets what the pages load
 * @param store the origin that browsers are redirected to for some files; empty for none
 */
public record PageSite(
    Branding branding,
    Predicate<HttpServletRequest> openTo,
    Predicate<HttpServletRequest> isByASession,
    Function<HttpServletRequest, String> origin,
    Assets assets,
    Optional<String> store) {
  /** Its name, for people. */
  String name() {
    return branding.name();
  }

  /** The absolute address of a path, which begins with a slash, below the context path. */
  String address(HttpServletRequest request, String path) {
    return origin.apply(request) + request.getContextPath() + path;
  }
}
