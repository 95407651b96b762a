package slipway.token;

/**
 * Whose pages may upload with a token.
 *
 * @param origin a web origin, serialized as browsers do (RFC 6454, 6.2)
 * @param orNull whether forms of pages without an origin may, too, whatever their site
 */
public record AllowedOrigin(String origin, boolean orNull) {
  /** The header that a browser sends for an origin that it does not disclose. */
  public static final String NULL = "null";

  private static final String OR_NULL = " " + NULL;

  /** Reads what {@link #text} gives; null is null. */
  static AllowedOrigin of(String text) {
    if (text == null) {
      return null;
    }
    boolean orNull = text.endsWith(OR_NULL);
    String origin = orNull ? text.substring(0, text.length() - OR_NULL.length()) : text;
    return new AllowedOrigin(origin, orNull);
  }

  /** Both as one text: {@code https://www.example.com} or {@code https://www.example.com null}. */
  public String text() {
    return orNull ? origin + OR_NULL : origin;
  }
}
