package slipway.photo;

import slipway.details.Details;
import slipway.details.PhotoText;
import slipway.details.TextLimits;

/** Photos for tests. */
public final class SamplePhoto {
  private SamplePhoto() {}

  /** A picture that came without a token. */
  public static NewPhoto of(String mediaKey, Details details) {
    return of(new PhotoFile(1, mediaKey, "a.jpg", "image/jpeg", 1), details, null);
  }

  /** A photo of that file. */
  public static NewPhoto of(PhotoFile file, Details details, String uploadToken) {
    PhotoText text = PhotoText.of(details, TextLimits.DEFAULT);
    return new NewPhoto(file, details, text, uploadToken, null);
  }
}
