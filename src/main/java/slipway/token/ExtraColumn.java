package slipway.token;

import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters as one column has them: urlencoded, in order. */
final class ExtraColumn {
  private ExtraColumn() {}

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(joining("&"));
  }

  static Map<String, String> decode(String query) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int end = pair.indexOf('=');
      parameters.put(decodeOne(pair.substring(0, end)), decodeOne(pair.substring(end + 1)));
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decodeOne(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
