package slipway.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page for every error, in place of the container's own, which tells about its inside. */
public final class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Site site;

  /** The page of that site. */
  public ErrorPage(Site site) {
    this.site = site;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = failed instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
    new Page(site, "error", request)
        .with("status", status)
        .with("message", message(status))
        .status(status)
        .send(response);
  }

  private static String message(int status) {
    return switch (status) {
      case 400, 414, 431 -> "The request is not valid.";
      case 403 -> "You may not see this.";
      case 404 -> "There is nothing at this address.";
      case 405 -> "This cannot be done with this address.";
      case 408 -> "The request came too slowly.";
      case 413 -> "The request is too large.";
      case 429 -> "Too many requests; please wait a little.";
      case 503 -> "The service is not available now; please try again soon.";
      default -> status < 500 ? "The request cannot be answered." : "Something went wrong here.";
    };
  }
}
