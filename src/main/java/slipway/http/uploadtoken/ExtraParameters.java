package slipway.http.uploadtoken;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.upload.Callback;

/**
 * The parameters of get-upload-token that mean nothing to it: the callback repeats them. Those that
 * shape the reply or sign the request are none of them, nor is any that the callback has itself.
 */
final class ExtraParameters {
  private static final Set<String> KNOWN =
      Set.of(
          "return_url",
          "background_return_p",
          "user_id",
          "album_id",
          "title",
          "description",
          "tags",
          "publish",
          "publish_date",
          "absolute_url",
          "valid_minutes",
          "max_uploads",
          "max_bytes",
          "accept",
          "allowed_origin",
          "format",
          "callback",
          "varname",
          "raw");

  private ExtraParameters() {}

  /**
   * The extra parameters, in order; of a repeated one the first.
   *
   * @param maxBytes bytes that their names and values may have together
   */
  static Map<String, String> parse(Parameters parameters, int maxBytes) throws ApiException {
    Map<String, String> extra = new LinkedHashMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> parameter : parameters.all()) {
      String name = parameter.getKey();
      if (isExtra(name) && extra.putIfAbsent(name, parameter.getValue()) == null) {
        bytes += (name + parameter.getValue()).getBytes(StandardCharsets.UTF_8).length;
      }
    }
    if (bytes > maxBytes) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The extra parameters, which the callback repeats, may have at most "
              + maxBytes
              + " bytes together.");
    }
    return extra.isEmpty() ? Map.of() : Collections.unmodifiableMap(extra);
  }

  private static boolean isExtra(String name) {
    return !name.isEmpty()
        && !KNOWN.contains(name)
        && !name.startsWith("oauth_")
        && !Callback.hasOwn(name);
  }
}
