package slipway.http.front;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each request that was answered, and counts the calls of the API. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("slipway.access");
  private static final String API = "/api/";

  private final ConcurrentMap<Call, Timer> calls = new ConcurrentHashMap<>();

  private final LoggedPath paths;

  /** Logs paths without the secrets in them. */
  AccessLog(LoggedPath paths) {
    this.paths = paths;
  }

  private record Call(String method, int status) {}

  /**
   * Reports an answered request.
   *
   * @param client the client's address
   * @param bytes of the answer's body, which is not sent to HEAD
   * @param nanos from the request's head to the answer's end
   */
  void answered(HttpServletRequest request, String client, int status, long bytes, long nanos) {
    if (LOG.isInfoEnabled()) {
      String path = paths.of(request);
      long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
      long sent = request.getMethod().equals("HEAD") ? 0 : bytes;
      LOG.atInfo()
          .addKeyValue("method", request.getMethod())
          .addKeyValue("path", path)
          .addKeyValue("status", status)
          .addKeyValue("bytes", sent)
          .addKeyValue("ms", millis)
          .addKeyValue("client", client)
          .log("{} {} {} {} B {} ms {}", request.getMethod(), path, status, sent, millis, client);
    }
    String path = request.getServletPath();
    if (path.startsWith(API)) {
      String method = LoggedPath.isExact(request) ? path.substring(API.length()) : "unknown";
      calls
          .computeIfAbsent(new Call(method, status), AccessLog::timer)
          .record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static Timer timer(Call call) {
    return Timer.builder("slipway.api.calls")
        .description("Calls of the API")
        .tag("method", call.method)
        .tag("status", Integer.toString(call.status))
        .register(Metrics.globalRegistry);
  }
}
