package slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Lets the pages of every site load the scripts of {@code /assets/}: a module of another origin
 * needs CORS (HTML Standard, 8.1.3), and one that isolates itself a resource policy.
 */
public final class AssetFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String RANGE = "Range";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Asked for each time, so that no page mixes the modules of two versions.
    response.setHeader("Cache-Control", "no-cache");
    chain.doFilter(request.getMethod().equals("HEAD") ? whole(request) : request, response);
  }

  /** Without a range, which means something to GET only (RFC 9110, 14.2); Jetty heeds it. */
  private static HttpServletRequest whole(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getHeader(String name) {
        return name.equalsIgnoreCase(RANGE) ? null : super.getHeader(name);
      }

      @Override
      public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(RANGE)
            ? Collections.emptyEnumeration()
            : super.getHeaders(name);
      }

      @Override
      public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(
            Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !name.equalsIgnoreCase(RANGE))
                .toList());
      }
    };
  }
}
