package slipway.http.uploadtoken;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.upload.Callback;

/**
 * The parameters of a token-issuing method that it does not know, which the callback repeats. These
 * exclude the declared ones, those that shape the reply or sign the request, and those that the
 * callback has itself.
 */
final class ExtraParameters {
  private ExtraParameters() {}

  /**
   * The extra parameters, in order.
   *
   * @param maxBytes bytes that their names and values may have together
   */
  static List<Map.Entry<String, String>> parse(Parameters parameters, int maxBytes)
      throws ApiException {
    List<Map.Entry<String, String>> extra =
        parameters.others().stream()
            .filter(each -> !each.getKey().isEmpty() && !Callback.hasOwn(each.getKey()))
            .toList();
    int bytes = 0;
    for (Map.Entry<String, String> each : extra) {
      bytes += (each.getKey() + each.getValue()).getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > maxBytes) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The extra parameters, which the callback repeats, may have at most "
              + maxBytes
              + " bytes together.");
    }
    return extra;
  }
}
