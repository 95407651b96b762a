package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Makes a container cut the connection once the answer was sent, with only a line in its log. */
final class CutException extends IOException {
  private static final long serialVersionUID = 1L;

  private CutException() {
    super("The rest of a request's body was not waited for");
  }

  /**
   * Ends the answer, and the connection with the rest of the request's body. Jetty closes such a
   * connection by itself, and would log the address of a request that fails.
   */
  static void cut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.getOutputStream().close();
    if (!request.getServletContext().getServerInfo().startsWith("jetty/")) {
      throw new CutException();
    }
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
