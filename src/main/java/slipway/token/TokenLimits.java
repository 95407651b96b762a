package slipway.token;

import java.util.List;

/**
 * The limits of uploads with a token, besides those of the site.
 *
 * @param maxBytes the largest file; null for the site's limit
 * @param accept MIME types such as {@code image/png} or {@code video/*}; empty for all that the
 *     site accepts
 * @param allowedOrigin whose pages may upload; null for any
 */
public record TokenLimits(Long maxBytes, List<String> accept, AllowedOrigin allowedOrigin) {
  /** No limits besides the site's. Shared, as most tokens have none. */
  public static final TokenLimits NONE = new TokenLimits(null, List.of(), null);

  /** These limits, or {@link #NONE} itself if there are none, as there are millions of tokens. */
  public TokenLimits shared() {
    return equals(NONE) ? NONE : this;
  }
}
