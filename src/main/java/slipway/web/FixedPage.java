package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page that is the same for everybody; its script gets all other data from the API. */
public final class FixedPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final String template;

  /** The page of that site that this template makes, such as {@code try}. */
  public FixedPage(PageSite site, String template) {
    this.site = site;
    this.template = template;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    new PageTemplate(site, template, request).send(response);
  }
}
