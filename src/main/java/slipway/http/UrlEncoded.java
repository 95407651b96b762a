package slipway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parameters as a query or a urlencoded body has them. */
final class UrlEncoded {
  private UrlEncoded() {}

  /**
   * The parameters of a text; null has none.
   *
   * @throws ApiException when it is not percent-encoded as it must be
   */
  static List<Map.Entry<String, String>> decode(String form) throws ApiException {
    List<Map.Entry<String, String>> decoded = new ArrayList<>();
    if (form == null) {
      return decoded;
    }
    for (String pair : form.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        decoded.add(Map.entry(percent(parts[0]), parts.length == 1 ? "" : percent(parts[1])));
      }
    }
    return decoded;
  }

  /** A text in which {@code +} is a space. */
  static String percent(String text) throws ApiException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT, "The parameters are not percent-encoded as they must be.");
    }
  }
}
