package slipway.token;

import java.time.Duration;
import java.time.Instant;

/**
 * Leave for a browser to upload files, as {@code photo/get-upload-token} gave it.
 *
 * @param id 40 hex digits: the secret that the form carries
 * @param returnUrl absolute http or https URL that the visitor is sent back to
 * @param details what the uploaded photos will be
 * @param validMinutes minutes of life asked for, {@value #MIN_MINUTES} to {@value #MAX_MINUTES}
 * @param maxUploads files it is good for, 1 to {@value #MAX_UPLOADS}
 * @param validUntil the first moment at which no upload may start any more, in whole seconds
 */
public record UploadToken(
    String id,
    String returnUrl,
    Details details,
    int validMinutes,
    int maxUploads,
    Instant validUntil) {

  public static final int MIN_MINUTES = 15;
  public static final int MAX_MINUTES = 24 * 60;
  public static final int DEFAULT_MINUTES = 180;
  public static final int MAX_UPLOADS = 10;

  /**
   * What a photo uploaded with the token gets.
   *
   * @param userId its owner; null for an anonymous upload
   * @param albumId the album's number; empty for none
   * @param title plain text
   * @param description text with safe tags only
   * @param tags space-separated, as given
   * @param publish whether it is public at once
   */
  public record Details(
      Long userId,
      String albumId,
      String title,
      String description,
      String tags,
      boolean publish) {}

  /** A fresh token that is valid from now on. */
  public static UploadToken issue(
      String returnUrl, Details details, int validMinutes, int maxUploads, Instant now) {
    Instant until =
        Instant.ofEpochSecond(now.plus(Duration.ofMinutes(validMinutes)).getEpochSecond());
    return new UploadToken(TokenId.random(), returnUrl, details, validMinutes, maxUploads, until);
  }

  /** Whether no upload may start at that moment. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(validUntil);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadToken[validUntil=" + validUntil + ", maxUploads=" + maxUploads + "]";
  }
}
