package slipway.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.BrokenBodyException.Fault;

/**
 * How a request is answered whose body does not arrive whole. Methods say in which form, as soon as
 * they know; the first filter decides on the answer, and the page for errors writes it, since a
 * container may take no other answer once its own reading has failed.
 */
public final class BrokenBody {
  private static final String FORMAT = BrokenBody.class.getName() + ".format";
  private static final String STATUS = BrokenBody.class.getName() + ".status";
  private static final String ERROR = BrokenBody.class.getName() + ".error";
  private static final int RETRY_SECONDS = 1;

  private BrokenBody() {}

  /** It is answered in the form that these parameters ask for, of those that came. */
  public static void answeredAs(HttpServletRequest request, Parameters parameters) {
    try {
      request.setAttribute(FORMAT, Format.of(parameters));
    } catch (ApiException e) {
      // What is wrong with the body says more than what is wrong with the format.
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

  /** It is answered with the status of the fault, in the form that was said. */
  public static void answeredWithItsStatus(HttpServletRequest request) {
    request.removeAttribute(STATUS);
  }

  /**
   * It is answered as JSON.
   *
   * @param statusOfCut HTTP status where the body was merely cut, and sending it again may do: one
   *     that has the clients of the protocol try again
   */
  public static void answeredAsJson(HttpServletRequest request, int statusOfCut) {
    request.setAttribute(FORMAT, Format.JSON);
    request.setAttribute(STATUS, statusOfCut);
  }

  /** Decides what the page for errors says, should it be called. */
  public static void decide(HttpServletRequest request, BrokenBodyException why) {
    request.setAttribute(ERROR, error(request, why));
    // Tomcat's own note of it, which has the page for errors called with 500.
    request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  /**
   * Calls for the page for errors, and the end of the connection, whose next bytes nobody could
   * tell apart any more. To be called after {@link #decide}.
   */
  public static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Tomcat has called for it already, and takes no other word till it is shown.
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
      long wait = decided(request).retryAfterSeconds();
      if (wait > 0) {
        // Jetty shows no page for errors of PUT and PATCH, but keeps the headers.
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

  /** Whether a method has said that it is answered in one of the API's forms. */
  public static boolean hasForm(HttpServletRequest request) {
    return request.getAttribute(FORMAT) != null;
  }

  /** The form that was said; null for none. */
  static Format format(HttpServletRequest request) {
    return (Format) request.getAttribute(FORMAT);
  }
}
