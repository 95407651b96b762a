package slipway.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Marks a request whose body is read before its sender is known, such as a form until its token is
 * read: anybody can send it, so its body must come faster.
 */
public final class UnknownSender {
  private static final String ATTRIBUTE = UnknownSender.class.getName();

  private UnknownSender() {}

  /** From now on the request's sender is unknown. */
  public static void begin(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, true);
  }

  /** From now on its sender is known. */
  public static void end(HttpServletRequest request) {
    request.removeAttribute(ATTRIBUTE);
  }

  /** Whether its sender is unknown. */
  public static boolean is(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }
}
