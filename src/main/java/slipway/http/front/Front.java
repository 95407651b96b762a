package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import slipway.http.limit.Proxies;

/**
 * The first filter: names the request, sets the headers of every answer, holds the body to its
 * pace, and tells the log how it went. What fails behind it is answered without a word of its
 * inside, and never gets to the container's log, which would tell the address.
 */
public final class Front extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private static final String PASSED = Front.class.getName();

  private final transient Proxies proxies;
  private final transient Pace pace;
  private final transient Running running;
  private final transient AccessLog log;

  /**
   * A front behind these proxies, that tells {@code running} of what changes something.
   *
   * @param secretPrefixes what a path begins with that has a secret behind it
   */
  public Front(Proxies proxies, Pace pace, Running running, List<String> secretPrefixes) {
    this.proxies = proxies;
    this.pace = pace;
    this.running = running;
    this.log = new AccessLog(new LoggedPath(secretPrefixes));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(PASSED) != null) {
      // The error page of a request that was here before.
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(PASSED, true);
    String id = RequestId.of(request, proxies);
    try (MDC.MDCCloseable named = MDC.putCloseable(RequestId.IN_LOGS, id)) {
      response.setHeader(RequestId.HEADER, id);
      SecurityHeaders.set(response);
      Passage passage =
          new Passage(id, new PacedRequest(request, pace), new CountedResponse(response));
      try {
        pass(passage.request(), passage.response(), chain);
      } finally {
        passage.endNowOrLater();
      }
    }
  }

  private void pass(PacedRequest request, CountedResponse response, FilterChain chain)
      throws IOException {
    try {
      if (running.isClosing()) {
        response.setHeader("Connection", "close");
        response.setHeader("Retry-After", "5");
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return;
      }
      chain.doFilter(request, response);
      if (request.wasTooSlow() && !response.isCommitted()) {
        response.setHeader("Connection", "close");
        response.sendError(HttpServletResponse.SC_REQUEST_TIMEOUT);
      }
    } catch (IOException | ServletException | RuntimeException e) {
      if (request.isBroken() || response.isBroken()) {
        LOG.debug("The client is gone");
      } else {
        LOG.error("A request failed", e);
      }
      fail(response);
    }
  }

  /** An answer that has begun must not end as if it were whole. */
  private static void fail(CountedResponse response) throws IOException {
    if (response.isCommitted()) {
      throw new IOException("The answer was cut short");
    }
    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }

  /** One request on its way, be it on this thread or on others. */
  private final class Passage extends AsyncEnd {
    private final long start = System.nanoTime();
    private final String id;
    private final PacedRequest request;
    private final CountedResponse response;
    private final boolean changes;

    Passage(String id, PacedRequest request, CountedResponse response) {
      this.id = id;
      this.request = request;
      this.response = response;
      this.changes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
      if (changes) {
        running.enter();
      }
    }

    PacedRequest request() {
      return request;
    }

    CountedResponse response() {
      return response;
    }

    void endNowOrLater() {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(this);
      } else {
        end();
      }
    }

    @Override
    void end() {
      if (changes) {
        running.leave();
      }
      try (MDC.MDCCloseable named = MDC.putCloseable(RequestId.IN_LOGS, id)) {
        long nanos = System.nanoTime() - start;
        String client = proxies.client(request);
        log.answered(request, client, response.getStatus(), response.bytes(), nanos);
      }
    }
  }
}
