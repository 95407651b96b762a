package slipway.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page for every error, in place of the container's own, which discloses internal details. */
public final class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;

  /** The page of that site. */
  public ErrorPage(PageSite site) {
    this.site = site;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      // Tomcat requests it even after an answer that was cut, which accepts no more.
      return;
    }
    Object failed = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    show(
        request,
        response,
        failed instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
  }

  /** Answers with the page for an HTTP status. */
  public void show(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    new PageTemplate(site, "error", request)
        .with("status", status)
        .with("message", Texts.of(request).error(status))
        .status(status)
        .send(response);
  }
}
