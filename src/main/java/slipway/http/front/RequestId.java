package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import slipway.http.limit.Proxies;

/** The id of a request in the log, in the answer, and at the proxies that it came through. */
final class RequestId {
  static final String HEADER = "X-Request-Id";
  static final String IN_LOGS = "request_id";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The id from a trusted proxy, else a new one: 16 hex digits. */
  static String of(HttpServletRequest request, Proxies proxies) {
    String given = request.getHeader(HEADER);
    if (given != null && VALID.matcher(given).matches() && proxies.sent(request)) {
      return given;
    }
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
