package slipway.upload.resumable;

/**
 * What a client gets that asks for an upload.
 *
 * @param upload the upload
 * @param hasBytes whether it was there already and bytes have come for it, or may just now: its
 *     address is given to those only who bring the same bytes, by {@link
 *     ResumableUploads#giveAgain}
 */
public record Created(ResumableUpload upload, boolean hasBytes) {
  static Created empty(ResumableUpload upload) {
    return new Created(upload, false);
  }

  static Created withBytes(ResumableUpload upload) {
    return new Created(upload, true);
  }
}
