package slipway.http.photo;

import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.photo.Photo;
import slipway.photo.PhotoScan;
import slipway.photo.ScanState;

/** The answers about a photo that a virus scanner holds back. */
public final class HeldPhoto {
  private static final int RETRY_SECONDS = 10;

  private HeldPhoto() {}

  /** Fails if the file of a photo must not be read. */
  public static void check(Photo photo) throws ApiException {
    if (photo.isHeld()) {
      throw because(photo);
    }
  }

  /** The answer in place of the file, or a picture, of a held photo. */
  static ApiException because(Photo photo) {
    return photo.scan().state() == ScanState.INFECTED
        ? new ApiException(ErrorCode.PERMISSION_DENIED, photo.scan().reason())
        : ApiException.tryLater(photo.scan().words(), RETRY_SECONDS);
  }

  /** Fails if a photo can never be published with its present file. */
  static void checkPublishing(Photo photo) throws ApiException {
    if (photo.scan().state() == ScanState.INFECTED) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED,
          "This photo is not published: " + photo.scan().reason() + " Replace or delete it.");
    }
  }

  /** Adds the fields of a list about a photo's scan: none if its file is not scanned. */
  public static void describe(Photo photo, Map<String, String> fields) {
    PhotoScan scan = photo.scan();
    if (scan.state() != ScanState.NONE) {
      fields.put("scan_state", scan.state().id());
      fields.put("scan_reason", scan.reason());
    }
  }
}
