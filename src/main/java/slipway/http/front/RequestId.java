package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import slipway.http.limit.Proxies;

/** The name a request has in the log, in the answer, and with the proxies it came by. */
final class RequestId {
  static final String HEADER = "X-Request-Id";
  static final String IN_LOGS = "request_id";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The one that a trusted proxy gave it, else a new one: 16 hex digits. */
  static String of(HttpServletRequest request, Proxies proxies) {
    String given = request.getHeader(HEADER);
    if (given != null && VALID.matcher(given).matches() && proxies.sent(request)) {
      return given;
    }
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
