package slipway.http;

import java.util.regex.Pattern;

/**
 * The form a reply is asked for: XML or, shaped in one of several ways, JSON.
 *
 * @param json JSON rather than XML
 * @param prefix script text before the JSON, as for JSONP; empty for none
 * @param suffix script text after it
 * @param contentType the reply's MIME type
 */
record Format(boolean json, String prefix, String suffix, String contentType) {
  /** What a request without a word about it gets. */
  static final Format XML = new Format(false, "", "", "text/xml");

  /** Plain JSON. */
  static final Format JSON = new Format(true, "", "", "application/json");

  /** The message alone, for people; errors only. */
  static final Format TEXT = new Format(false, "", "", "text/plain");

  private static final Pattern IDENTIFIER_PATH =
      Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");
  private static final int MAX_IDENTIFIER = 200;

  /**
   * Reads format, callback, varname and raw.
   *
   * @throws ApiException when one is not valid
   */
  static Format of(Parameters parameters) throws ApiException {
    switch (parameters.text("format")) {
      case "", "xml" -> {
        return XML;
      }
      case "json" -> {
        return json(parameters);
      }
      default -> throw ApiException.invalid("format", "xml or json");
    }
  }

  private static Format json(Parameters parameters) throws ApiException {
    String callback = identifier(parameters, "callback");
    if (!callback.isEmpty()) {
      // The comment keeps the bytes at the start from being taken for another kind of file.
      return new Format(true, "/**/" + callback + "(", ");", "application/javascript");
    }
    String varname = identifier(parameters, "varname");
    if (!varname.isEmpty()) {
      // A path is assigned to; only a name can be declared.
      String declared = varname.contains(".") ? varname : "var " + varname;
      return new Format(true, declared + " = ", ";", "application/javascript");
    }
    boolean raw = parameters.given("raw").isPresent();
    return raw ? new Format(true, "", "", "text/javascript") : JSON;
  }

  private static String identifier(Parameters parameters, String name) throws ApiException {
    String value = parameters.text(name);
    if (!value.isEmpty()
        && (value.length() > MAX_IDENTIFIER || !IDENTIFIER_PATH.matcher(value).matches())) {
      throw ApiException.invalid(name, "the path of a JavaScript identifier, such as site.show");
    }
    return value;
  }
}
