package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import slipway.auth.PermissionLevel;

/** The console, whose script gets its data from the API. */
public final class ConsolePage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient Function<HttpServletRequest, PermissionLevel> level;

  /**
   * The console of that site.
   *
   * @param level that of the session of the one who made a request: {@code NONE} without one
   */
  public ConsolePage(PageSite site, Function<HttpServletRequest, PermissionLevel> level) {
    this.site = site;
    this.level = level;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PermissionLevel reader = level.apply(request);
    new PageTemplate(site, "console", request)
        .with("level", reader.id())
        .with("isSignedIn", reader != PermissionLevel.NONE)
        .send(response);
  }
}
