package slipway.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.BrokenBodyException.Fault;

/**
 * How a request whose body does not arrive whole is answered. Methods set the format as soon as
 * they know it; the first filter decides the answer, and the error page writes it, since a
 * container may accept no other answer once its own reading has failed.
 */
public final class BrokenBody {
  private static final String FORMAT = BrokenBody.class.getName() + ".format";
  private static final String STATUS = BrokenBody.class.getName() + ".status";
  private static final String ERROR = BrokenBody.class.getName() + ".error";
  private static final int RETRY_SECONDS = 1;

  private BrokenBody() {}

  /** It is answered in the format that the parameters received so far request. */
  public static void answeredAs(HttpServletRequest request, Parameters parameters) {
    try {
      request.setAttribute(FORMAT, Format.of(parameters));
    } catch (ApiException e) {
      // The error of the body says more than that of the format.
    }
  }

  /**
   * It is answered as plain text, for people.
   *
   * @param statusOfCut as of {@link #answeredAsJson}
   */
  public static void answeredAsText(HttpServletRequest request, int statusOfCut) {
    request.setAttribute(FORMAT, Format.TEXT);
    request.setAttribute(STATUS, statusOfCut);
  }

  /** It is answered with the status of the fault, in the format that was set. */
  public static void answeredWithItsStatus(HttpServletRequest request) {
    request.removeAttribute(STATUS);
  }

  /**
   * It is answered as JSON.
   *
   * @param statusOfCut HTTP status for a body that was merely cut, so that sending it again may
   *     succeed: one at which the clients of the protocol try again
   */
  public static void answeredAsJson(HttpServletRequest request, int statusOfCut) {
    request.setAttribute(FORMAT, Format.JSON);
    request.setAttribute(STATUS, statusOfCut);
  }

  /** Decides what the error page says, should it be called. */
  public static void decide(HttpServletRequest request, BrokenBodyException why) {
    request.setAttribute(ERROR, error(request, why));
    // Tomcat's own record of the failure, which makes it call the error page with 500.
    request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  /**
   * Requests the error page, and the end of the connection, as its next bytes can no longer be told
   * apart. To be called after {@link #decide}.
   */
  public static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Tomcat has requested it already, and accepts nothing else until it is shown.
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
      long wait = decided(request).retryAfterSeconds();
      if (wait > 0) {
        // Jetty shows no error page for PUT and PATCH, but keeps the headers.
        response.setHeader("Retry-After", Long.toString(wait));
      }
      response.sendError(decided(request).status());
    }
  }

  private static ApiException error(HttpServletRequest request, BrokenBodyException why) {
    boolean mayPass = why.fault() != Fault.MALFORMED && why.fault() != Fault.NO_ROOM;
    if (!(mayPass && request.getAttribute(STATUS) instanceof Integer status)) {
      return why.error();
    }
    return status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR
        ? ApiException.tryLater(why.getMessage(), RETRY_SECONDS).saidAs(why.words())
        : why.error().withStatus(status);
  }

  /** What {@link #decide} decided; null for a request whose body is not known to be broken. */
  public static ApiException decided(HttpServletRequest request) {
    return (ApiException) request.getAttribute(ERROR);
  }

  /** Whether a method has set one of the API's formats. */
  public static boolean hasForm(HttpServletRequest request) {
    return request.getAttribute(FORMAT) != null;
  }

  /** The format that was set; null for none. */
  static Format format(HttpServletRequest request) {
    return (Format) request.getAttribute(FORMAT);
  }
}
