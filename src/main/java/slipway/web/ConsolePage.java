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
  private final boolean sendsMail;

  /**
   * The console of that site.
   *
   * @param level that of the session of the one who made a request: {@code NONE} without one
   * @param sendsMail whether users are told by e-mail of what visitors send
   */
  public ConsolePage(
      PageSite site, Function<HttpServletRequest, PermissionLevel> level, boolean sendsMail) {
    this.site = site;
    this.level = level;
    this.sendsMail = sendsMail;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PermissionLevel reader = level.apply(request);
    new PageTemplate(site, "console", request)
        .with("level", reader.id())
        .with("isSignedIn", reader != PermissionLevel.NONE)
        .with("mail", sendsMail)
        .send(response);
  }
}
