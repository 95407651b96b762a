package slipway.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import slipway.details.Details;
import slipway.details.Markup;

/** Tokens for tests; every field has a value of its own, so that one mixed up is seen. */
public final class SampleToken {
  private static final TokenLimits LIMITS =
      new TokenLimits(1000L, List.of("image/png", "video/*"), AllowedOrigin.of("https://a.test"));

  private SampleToken() {}

  static UploadToken issue(int maxUploads, Instant now) {
    return issue(List.of(4L, 5L), maxUploads, now);
  }

  /** A token whose photos need no album. */
  public static UploadToken inNoAlbum(int maxUploads, Instant now) {
    return issue(List.of(), maxUploads, now);
  }

  /** The same that is good for a day, not for 15 minutes. */
  public static UploadToken ofADay(int maxUploads, Instant now) {
    return issue(List.of(), UploadToken.MAX_MINUTES, maxUploads, now);
  }

  private static UploadToken issue(List<Long> albums, int maxUploads, Instant now) {
    return issue(albums, UploadToken.MIN_MINUTES, maxUploads, now);
  }

  private static UploadToken issue(List<Long> albums, int minutes, int maxUploads, Instant now) {
    Details details =
        new Details(
            3L,
            albums,
            "A title",
            Markup.clean("<b>A description</b>"),
            "sea \"New York\"",
            true,
            Instant.ofEpochSecond(1_000_000_000),
            "https://a.test/canonical");
    ReturnTo returnTo = new ReturnTo("http://a.test/", true, List.of(Map.entry("theme", "a&b=ü")));
    return UploadToken.issue(
        returnTo, details, LIMITS, TokenTerms.of(minutes, maxUploads), new Issuer(1L, 2L), now);
  }

  /** A plain token that was valid at the epoch. */
  public static UploadToken returningTo(String url) {
    return returningTo(url, List.of());
  }

  /** The same with further parameters that the callback repeats. */
  public static UploadToken returningTo(String url, List<Map.Entry<String, String>> extra) {
    return returningTo(new ReturnTo(url, false, extra), TokenLimits.NONE);
  }

  /** A plain token for the pages of one origin. */
  public static UploadToken returningTo(String url, AllowedOrigin origin) {
    ReturnTo returnTo = new ReturnTo(url, false, List.of());
    return returningTo(returnTo, new TokenLimits(null, List.of(), origin));
  }

  private static UploadToken returningTo(ReturnTo returnTo, TokenLimits limits) {
    return UploadToken.issue(
        returnTo,
        Details.NONE,
        limits,
        TokenTerms.of(15, 1),
        new Issuer(null, null),
        Instant.EPOCH);
  }
}
