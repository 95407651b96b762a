package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import slipway.http.upload.Door;

/**
 * Everything but the API and the doors of uploads is there to be read. Other methods are refused
 * with those that are allowed (RFC 9110, 15.5.6), and so is TRACE everywhere, which would tell
 * headers to scripts.
 */
public final class ReadOnly extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** Below {@code /api/}, but no methods: the document, and the page that shows it. */
  static final Set<String> PAGES_OF_API = Set.of("/api/", "/api/openapi.json");

  private final transient List<Door> doors;

  /** Lets requests through to these doors, whatever their method. */
  public ReadOnly(List<Door> doors) {
    this.doors = doors;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isTrace = request.getMethod().equals("TRACE");
    String path = request.getServletPath();
    if (!isTrace && (READING.contains(request.getMethod()) || takesMore(path))) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Allow", allowed(path));
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  /** What may be done at a path, as far as its servlet does not say more. */
  private String allowed(String path) {
    String methods =
        doors.stream()
            .filter(door -> door.isAt(path))
            .map(door -> String.join(", ", door.methods()))
            .findFirst()
            .orElse(isOfApi(path) ? "GET, POST" : "GET, HEAD");
    return methods + ", OPTIONS";
  }

  private boolean takesMore(String path) {
    return doors.stream().anyMatch(door -> door.isAt(path)) || isOfApi(path);
  }

  private static boolean isOfApi(String path) {
    return (path + "/").startsWith("/api/") && !PAGES_OF_API.contains(path);
  }

  /** Whether a request may change something: methods of the API do on GET, too. */
  static boolean mayChange(HttpServletRequest request) {
    return !READING.contains(request.getMethod()) || isOfApi(request.getServletPath());
  }
}
