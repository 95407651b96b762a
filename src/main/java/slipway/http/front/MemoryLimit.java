package slipway.http.front;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import slipway.http.limit.Proxies;
import slipway.http.limit.RequestMemory;

/** Makes each request give back the memory that it took, however it ends. */
public final class MemoryLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Proxies proxies;
  private final transient Predicate<HttpServletRequest> isKnown;
  private final transient RequestMemory memory;

  /**
   * For requests that come through these proxies.
   *
   * @param isKnown whether a request shows a valid key, without a look at its body
   */
  public MemoryLimit(Proxies proxies, Predicate<HttpServletRequest> isKnown, RequestMemory memory) {
    this.proxies = proxies;
    this.isKnown = isKnown;
    this.memory = memory;
    Gauge.builder("slipway.requests.memory", memory, RequestMemory::held)
        .description("Memory that requests hold while they are read and answered")
        .baseUnit("bytes")
        .register(Metrics.globalRegistry);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String address = proxies.countedAs(request);
    try (RequestMemory.Lease lease = memory.lease(address, () -> isKnown.test(request))) {
      lease.attachTo(request);
      chain.doFilter(request, response);
    }
  }
}
