package slipway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets the pages of every site load the scripts of {@code /assets/}: a module of another origin
 * needs CORS (HTML Standard, 8.1.3), and one that isolates itself a resource policy.
 */
public final class AssetFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Asked for each time, so that no page mixes the modules of two versions.
    response.setHeader("Cache-Control", "no-cache");
    chain.doFilter(request, response);
  }
}
