package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/** The console. What it shows its script asks the API for. */
public final class ConsolePage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient Predicate<HttpServletRequest> isSignedIn;

  /**
   * The console of that site.
   *
   * @param isSignedIn whether the one who made a request has a session of it
   */
  public ConsolePage(PageSite site, Predicate<HttpServletRequest> isSignedIn) {
    this.site = site;
    this.isSignedIn = isSignedIn;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    new PageTemplate(site, "console", request)
        .with("signedIn", isSignedIn.test(request))
        .send(response);
  }
}
