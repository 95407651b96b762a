package slipway.http.openapi;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names from which generators can make names in every language. */
final class Names {
  private Names() {}

  /** {@code photo/get-upload-token} as {@code PhotoGetUploadToken}. */
  static String pascal(String method) {
    return Stream.of(method.split("[/-]"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
