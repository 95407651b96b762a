package slipway.token;

import java.util.List;

/**
 * What an upload with a token must keep to, besides what the site asks of all.
 *
 * @param maxBytes the largest file; null for as much as the site takes
 * @param accept MIME types such as {@code image/png} or {@code video/*}; empty for all that the
 *     site takes
 * @param allowedOrigin whose pages may upload; null for any
 */
public record TokenLimits(Long maxBytes, List<String> accept, AllowedOrigin allowedOrigin) {
  /** Nothing beyond what the site asks. Shared, as most tokens have it. */
  public static final TokenLimits NONE = new TokenLimits(null, List.of(), null);

  /** These limits, or {@link #NONE} itself where they are none: tokens are kept by the million. */
  public TokenLimits shared() {
    return equals(NONE) ? NONE : this;
  }
}
