package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page where a newcomer issues an upload token and uses it. */
public final class TryIt extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Site site;

  /** The page of that site. */
  public TryIt(Site site) {
    this.site = site;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    new Page(site, "try", request).send(response);
  }
}
