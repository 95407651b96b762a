package slipway.token;

import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parameters as they are stored in one column: urlencoded, in order. */
final class ExtraColumn {
  private ExtraColumn() {}

  static String encode(List<Map.Entry<String, String>> parameters) {
    return parameters.stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(joining("&"));
  }

  static List<Map.Entry<String, String>> decode(String query) {
    return query.isEmpty()
        ? List.of()
        : Stream.of(query.split("&", -1)).map(ExtraColumn::parameter).toList();
  }

  private static Map.Entry<String, String> parameter(String pair) {
    int end = pair.indexOf('=');
    return Map.entry(decodeOne(pair.substring(0, end)), decodeOne(pair.substring(end + 1)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decodeOne(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
