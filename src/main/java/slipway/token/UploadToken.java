package slipway.token;

import java.time.Duration;
import java.time.Instant;
import slipway.db.OrderedId;
import slipway.details.Details;

/**
 * A permit for a browser to upload files, as {@code photo/get-upload-token} or {@code
 * photo/get-replace-token} gave it.
 *
 * @param id 40 hex digits: the secret that the form carries
 * @param returnTo where the visitor is sent back to
 * @param details the metadata of the uploaded photos
 * @param limits the limits of the uploads
 * @param terms how long it is valid, and for how many uploads
 * @param validUntil the first moment at which no upload may start any more, in whole seconds
 * @param issuer who asked for it
 * @param replaces the photo that gets the uploaded file in place of its own; null for new photos
 */
public record UploadToken(
    String id,
    ReturnTo returnTo,
    Details details,
    TokenLimits limits,
    TokenTerms terms,
    Instant validUntil,
    Issuer issuer,
    Long replaces) {

  /** The shortest time a token may be issued for, in minutes. */
  public static final int MIN_MINUTES = 15;

  /** The longest time a token may be issued for, in minutes. */
  public static final int MAX_MINUTES = 24 * 60;

  /** How long a token is valid where the issuer does not say, in minutes. */
  public static final int DEFAULT_MINUTES = 180;

  /**
   * A token that is valid for longer than this was issued by a wrong clock. Tokens from a correct
   * clock stay valid while the clock is behind by a time zone.
   */
  static final Duration MOST_LEFT = Duration.ofMinutes(MAX_MINUTES).plusHours(2);

  /** The most uploads that one token may be issued for. */
  public static final int MAX_UPLOADS = 10;

  /** Bytes of an id that cannot be guessed. */
  private static final int SECRET_BYTES = 16;

  /** A fresh token that is valid from now on. */
  public static UploadToken issue(
      ReturnTo returnTo,
      Details details,
      TokenLimits limits,
      TokenTerms terms,
      Issuer issuer,
      Instant now) {
    Instant until =
        Instant.ofEpochSecond(now.plus(Duration.ofMinutes(terms.validMinutes())).getEpochSecond());
    return new UploadToken(
        OrderedId.of(now, SECRET_BYTES), returnTo, details, limits, terms, until, issuer, null);
  }

  /** The same token, for replacing the file of a photo. */
  public UploadToken replacing(long photoId) {
    return new UploadToken(id, returnTo, details, limits, terms, validUntil, issuer, photoId);
  }

  /** Minutes of life asked for. */
  public int validMinutes() {
    return terms.validMinutes();
  }

  /** When it was issued, in whole seconds, rounded down. */
  public Instant issued() {
    return validUntil.minus(Duration.ofMinutes(terms.validMinutes()));
  }

  /** How many files it is valid for. */
  public int maxUploads() {
    return terms.maxUploads();
  }

  /** What it is for. */
  public TokenPurpose purpose() {
    return replaces == null ? TokenPurpose.UPLOAD : TokenPurpose.REPLACE;
  }

  /** Whether no upload may start at that moment. */
  public boolean isExpired(Instant now) {
    return isExpired(validUntil.toEpochMilli(), now.toEpochMilli());
  }

  /** The same in milliseconds, for a token that is kept in another form. */
  static boolean isExpired(long validUntil, long now) {
    return validUntil <= now || validUntil > mostValidUntil(now);
  }

  /** The latest expiry that a token may have at that moment, in milliseconds. */
  static long mostValidUntil(long now) {
    return now + MOST_LEFT.toMillis();
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadToken[validUntil=" + validUntil + ", maxUploads=" + maxUploads() + "]";
  }
}
