package slipway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OAuth parameters of a request (RFC 5849, 3.5): none may appear in it twice. */
final class OAuthParameters {
  private static final String PREFIX = "oauth_";
  private static final Pattern HEADER =
      Pattern.compile("\\s*([A-Za-z0-9_.~%-]+)=\"([^\"]*)\"\\s*(?:,|$)");

  private OAuthParameters() {}

  /** Whether this is an OAuth parameter, which belongs to authentication and not to the method. */
  static boolean is(Map.Entry<String, String> parameter) {
    return parameter.getKey().startsWith(PREFIX);
  }

  /**
   * Those of an Authorization header, without {@code realm}.
   *
   * @param text the text after {@code OAuth}
   */
  static Map<String, String> ofHeader(String text) throws ApiException {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher pair = HEADER.matcher(text);
    int end = 0;
    while (end < text.length() && pair.find() && pair.start() == end) {
      end = pair.end();
      if (parameters.size() >= ParameterList.MOST) {
        throw ParameterList.tooMany();
      }
      // Here, unlike in a form, a plus sign is not a space.
      put(parameters, decode(pair.group(1)), decode(pair.group(2)));
    }
    if (end < text.length() || parameters.isEmpty()) {
      throw ApiException.unauthorized(
          "The Authorization header must be OAuth name=\"value\", name=\"value\", ...");
    }
    parameters.remove("realm");
    return parameters;
  }

  private static String decode(String text) throws ApiException {
    return UrlEncoded.percent(text.replace("+", "%2B"));
  }

  /** Those of the header, and then those of a query and a form. */
  static Map<String, String> of(
      Map<String, String> header, List<Map.Entry<String, String>> parameters) throws ApiException {
    Map<String, String> protocol = new LinkedHashMap<>(header);
    for (Map.Entry<String, String> parameter : parameters) {
      if (is(parameter)) {
        put(protocol, parameter.getKey(), parameter.getValue());
      }
    }
    return protocol;
  }

  /**
   * Whether they come from a client without a key, which signs all the same: node-23video writes
   * {@code undefined} for a missing consumer key, and its command line nothing.
   */
  static boolean areOfNobody(Map<String, String> protocol) {
    String key = protocol.get("oauth_consumer_key");
    return key != null
        && (key.isEmpty() || key.equals("undefined"))
        && protocol.getOrDefault("oauth_token", "").isEmpty();
  }

  private static void put(Map<String, String> parameters, String name, String value)
      throws ApiException {
    if (parameters.putIfAbsent(name, value) != null) {
      throw new ApiException(
          ErrorCode.INVALID_SIGNATURE, "The OAuth parameter '" + name + "' appears twice.");
    }
  }
}
