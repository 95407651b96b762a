package slipway.http.photo;

import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** What the API says of uploads that come to nothing. */
public final class Refusals {
  /** Files that are being received now are through by then, or further. */
  private static final int RETRY_SECONDS = 10;

  private Refusals() {}

  /** The code that goes with a refusal. */
  public static ErrorCode code(UploadRefusedException refusal) {
    return switch (refusal.reason()) {
      case NO_TOKEN, TOO_MANY_FILES, LIE -> ErrorCode.INVALID_INPUT;
      case NO_FILE -> ErrorCode.NO_FILE;
      case TOO_LARGE -> ErrorCode.TOO_LARGE;
      case UNSUPPORTED_TYPE -> ErrorCode.ERROR_PROCESSING_UPLOAD;
      case DEAD_TOKEN -> ErrorCode.INVALID_UPLOAD_TOKEN;
      case PHOTO_IS_GONE -> ErrorCode.NO_SUCH_PHOTO;
    };
  }

  /** What passes, with when to come again. */
  static ApiException later(UploadLaterException e) {
    return ApiException.tryLater(e.getMessage(), RETRY_SECONDS);
  }

  static ApiException notStored() {
    return new ApiException(
        ErrorCode.SERVER_ERROR, "The file could not be stored; please try again later.");
  }
}
