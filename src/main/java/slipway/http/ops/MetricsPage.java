package slipway.http.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import slipway.http.limit.Proxies;

/**
 * {@code /metrics} in Prometheus' text format, for {@code Authorization: Bearer <metrics key>}, or,
 * where no such key is set, for anyone who asks on this machine. 404 for others.
 */
public final class MetricsPage extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final transient PrometheusMeterRegistry registry;
  private final transient Proxies proxies;
  private final String key;

  /**
   * The page.
   *
   * @param key who shows it may read; null for everyone on this machine
   */
  public MetricsPage(PrometheusMeterRegistry registry, Proxies proxies, String key) {
    this.registry = registry;
    this.proxies = proxies;
    this.key = key;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (mayRead(request)) {
      TextAnswer.send(response, HttpServletResponse.SC_OK, TYPE, registry.scrape());
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private boolean mayRead(HttpServletRequest request) {
    if (key == null) {
      return proxies.isLocal(request);
    }
    String shown = request.getHeader("Authorization");
    return shown != null && MessageDigest.isEqual(bytes(shown), bytes("Bearer " + key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
