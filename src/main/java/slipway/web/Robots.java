package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What crawlers may visit (RFC 9309): the gallery of an open site, and nothing with a token in its
 * address. Crawlers ask only the root of a host, so it has an effect only if Slipway is there.
 */
public final class Robots extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;

  /** The rules of that site. */
  public Robots(PageSite site) {
    this.site = site;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] rules = rules(request).getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(rules.length);
    response.getOutputStream().write(rules);
  }

  private String rules(HttpServletRequest request) {
    if (!site.openTo().test(request)) {
      return "User-agent: *\nDisallow: /\n";
    }
    String base = request.getContextPath();
    return """
    User-agent: *
    Disallow: %1$s/api/
    Disallow: %1$s/console
    Disallow: %1$s/drop/
    Disallow: %1$s/files/
    Disallow: %1$s/search
    Disallow: %1$s/try
    Disallow: %1$s/upload/
    Disallow: %1$s/view/
    Disallow: %1$s/zip/
    Sitemap: %2$s
    """
        .formatted(base, site.address(request, "/sitemap.xml"));
  }
}
