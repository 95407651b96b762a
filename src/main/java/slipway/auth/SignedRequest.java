package slipway.auth;

import java.util.List;
import java.util.Map;

/**
 * A request as OAuth signs it (RFC 5849, 3.4.1).
 *
 * @param method HTTP method
 * @param url as its sender wrote it, percent-encoded, without query
 * @param protocol the OAuth parameters, by name, decoded, without {@code realm}
 * @param parameters the others of the query and of a urlencoded body, decoded
 */
public record SignedRequest(
    String method,
    String url,
    Map<String, String> protocol,
    List<Map.Entry<String, String>> parameters) {}
