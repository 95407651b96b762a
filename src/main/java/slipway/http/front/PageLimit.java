package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import slipway.http.limit.Proxies;
import slipway.http.limit.RateLimits;
import slipway.http.upload.Door;

/**
 * Limits how often one address requests pages, media, assets and the description of the API. The
 * API's methods and the doors for uploads have limits of their own. Health checks and metrics cost
 * nothing, and must answer a monitor that comes through the same proxy as all visitors.
 */
public final class PageLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Set<String> FREE = Set.of("/health/live", "/health/ready", "/metrics");

  private final transient Proxies proxies;
  private final transient RateLimits rates;
  private final transient List<Door> doors;

  /**
   * For requests that come through these proxies.
   *
   * @param rates of which that of callers without a credential counts
   * @param doors which have limits of their own
   */
  public PageLimit(Proxies proxies, RateLimits rates, List<Door> doors) {
    this.proxies = proxies;
    this.rates = rates;
    this.doors = doors;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Duration wait =
        isCounted(request.getServletPath())
            ? rates.anonymous(proxies.countedAs(request))
            : Duration.ZERO;
    if (wait.isZero()) {
      chain.doFilter(request, response);
    } else {
      response.setHeader(
          "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
      response.sendError(TOO_MANY_REQUESTS);
    }
  }

  private boolean isCounted(String path) {
    return !FREE.contains(path)
        && (!path.startsWith("/api/") || AllowedMethods.PAGES_OF_API.contains(path))
        && doors.stream().noneMatch(door -> door.isAt(path));
  }
}
