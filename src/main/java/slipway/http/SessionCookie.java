package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.auth.Sessions;

/**
 * The sessions as browsers show them, in a cookie that scripts cannot read. Browsers send it with
 * every request, whichever page causes it. So it opens pages, but a call of the API goes by the
 * session only with a header that no form and no other origin's script can set, from a page of this
 * origin.
 *
 * @param sessions those there are
 * @param origins tells the address that visitors reach this server at
 */
public record SessionCookie(Sessions sessions, Origins origins) {
  /** The header of calls that go by the session; its value does not matter. */
  public static final String HEADER = "X-Slipway-Session";

  private static final String NAME = "slipway_session";
  private static final String COUNTED = SessionCookie.class.getName() + ".counted";

  /** The caller of a page, by the cookie alone. */
  public Optional<Caller> find(HttpServletRequest request) {
    return id(request).flatMap(sessions::find);
  }

  /** Whether a call asks to go by the session. */
  static boolean isAsked(HttpServletRequest request) {
    return request.getHeader(HEADER) != null;
  }

  /** Whether a call went by the session. */
  static boolean isCounted(HttpServletRequest request) {
    return request.getAttribute(COUNTED) != null;
  }

  /**
   * The caller of a method that asks to go by the session.
   *
   * @throws ApiException when there is none, or the call is not from a page of this origin
   */
  Caller caller(HttpServletRequest request) throws ApiException {
    checkPage(request);
    String id =
        id(request)
            .orElseThrow(
                () -> ApiException.unauthorized("There is no session: sign in with a key first."));
    Caller caller =
        sessions
            .find(id)
            .orElseThrow(
                () -> ApiException.unauthorized("The session has ended; please sign in again."));
    request.setAttribute(COUNTED, true);
    return caller;
  }

  /**
   * Checks that a call was made by a script of this origin.
   *
   * @throws ApiException when it may have been made by any other page
   */
  void checkPage(HttpServletRequest request) throws ApiException {
    if (!isOwnPages(request)) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED,
          "Only scripts of this site's own pages may use a session: the header "
              + HEADER
              + " is required, and the header Origin must be "
              + origins.text(request)
              + ".");
    }
  }

  private boolean isOwnPages(HttpServletRequest request) {
    return isAsked(request) && origins.text(request).equals(request.getHeader("Origin"));
  }

  /**
   * Whether a call goes by a session that began with a key, as those of the console do, and so may
   * do more than read.
   */
  boolean showsKey(HttpServletRequest request) {
    return isOwnPages(request)
        && find(request)
            .filter(caller -> caller.level().includes(PermissionLevel.READ))
            .isPresent();
  }

  /** The id that a browser shows; of several cookies the first, which has the longest path. */
  private Optional<String> id(HttpServletRequest request) {
    String begin = name(request) + "=";
    return Collections.list(request.getHeaders("Cookie")).stream()
        .flatMap(line -> Stream.of(line.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(begin))
        .map(cookie -> cookie.substring(begin.length()))
        .findFirst();
  }

  /**
   * Gives a browser the id of its session, until it is closed; an earlier session of it has ended.
   */
  void give(HttpServletRequest request, HttpServletResponse response, String id) {
    id(request).ifPresent(sessions::signOut);
    set(request, response, id, "");
  }

  /** Ends a browser's session. */
  void end(HttpServletRequest request, HttpServletResponse response) {
    id(request).ifPresent(sessions::signOut);
    set(request, response, "", "; Max-Age=0");
  }

  private void set(
      HttpServletRequest request, HttpServletResponse response, String value, String more) {
    String path = request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    response.addHeader(
        "Set-Cookie",
        name(request)
            + "="
            + value
            + "; Path="
            + path
            + "; HttpOnly; SameSite=Lax"
            + (isSecure(request) ? "; Secure" : "")
            + more);
  }

  /** The prefixes keep another host of the same domain from setting it (RFC 6265bis, 4.1.3). */
  private String name(HttpServletRequest request) {
    if (!isSecure(request)) {
      return NAME;
    }
    return (request.getContextPath().isEmpty() ? "__Host-" : "__Secure-") + NAME;
  }

  private boolean isSecure(HttpServletRequest request) {
    return origins.of(request).scheme().equals("https");
  }
}
