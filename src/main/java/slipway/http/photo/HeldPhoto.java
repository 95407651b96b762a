package slipway.http.photo;

import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.photo.Photo;
import slipway.photo.PhotoScan;
import slipway.photo.ScanState;

/** What callers are told about a photo that a virus scanner keeps back. */
public final class HeldPhoto {
  private static final int RETRY_SECONDS = 10;

  private HeldPhoto() {}

  /** Fails where nobody may look into the file of a photo. */
  public static void check(Photo photo) throws ApiException {
    if (photo.isHeld()) {
      throw because(photo);
    }
  }

  /** What is answered in place of the file of a photo that is held, or of a picture of it. */
  static ApiException because(Photo photo) {
    return photo.scan().state() == ScanState.INFECTED
        ? new ApiException(ErrorCode.PERMISSION_DENIED, photo.scan().reason())
        : ApiException.tryLater(photo.scan().words(), RETRY_SECONDS);
  }

  /** Fails where a photo is never published with the file that it has. */
  static void checkPublishing(Photo photo) throws ApiException {
    if (photo.scan().state() == ScanState.INFECTED) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED,
          "This photo is not published: " + photo.scan().reason() + " Replace or delete it.");
    }
  }

  /** Adds what a list says of a photo's scan: nothing where its file is not scanned. */
  public static void describe(Photo photo, Map<String, String> fields) {
    PhotoScan scan = photo.scan();
    if (scan.state() != ScanState.NONE) {
      fields.put("scan_state", scan.state().id());
      fields.put("scan_reason", scan.reason());
    }
  }
}
