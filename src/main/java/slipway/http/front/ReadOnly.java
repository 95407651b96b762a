package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Everything but the API and tus is there to be read. Other methods are refused with those that are
 * allowed (RFC 9110, 15.5.6).
 */
public final class ReadOnly extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> READING = Set.of("GET", "HEAD");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (READING.contains(request.getMethod()) || takesMore(request.getServletPath())) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Allow", "GET, HEAD, OPTIONS");
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  private static boolean takesMore(String path) {
    return (path + "/").startsWith("/files/")
        || (path + "/").startsWith("/api/") && !path.equals("/api/openapi.json");
  }
}
