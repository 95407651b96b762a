package slipway.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long a token is valid, and for how many uploads.
 *
 * @param validMinutes minutes of life asked for, {@value UploadToken#MIN_MINUTES} to {@value
 *     UploadToken#MAX_MINUTES}
 * @param maxUploads files it is good for, 1 to {@value UploadToken#MAX_UPLOADS}
 */
public record TokenTerms(int validMinutes, int maxUploads) {
  private static final Map<TokenTerms, TokenTerms> SHARED = new ConcurrentHashMap<>();

  /** One shared object for these terms: there are millions of tokens with few different terms. */
  public static TokenTerms of(int validMinutes, int maxUploads) {
    return SHARED.computeIfAbsent(new TokenTerms(validMinutes, maxUploads), terms -> terms);
  }
}
