package slipway.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long and how often a token is good.
 *
 * @param validMinutes minutes of life asked for, {@value UploadToken#MIN_MINUTES} to {@value
 *     UploadToken#MAX_MINUTES}
 * @param maxUploads files it is good for, 1 to {@value UploadToken#MAX_UPLOADS}
 */
public record TokenTerms(int validMinutes, int maxUploads) {
  private static final Map<TokenTerms, TokenTerms> SHARED = new ConcurrentHashMap<>();

  /** The one object for these terms: tokens are kept by the million, and their terms are few. */
  public static TokenTerms of(int validMinutes, int maxUploads) {
    return SHARED.computeIfAbsent(new TokenTerms(validMinutes, maxUploads), terms -> terms);
  }
}
