package slipway.upload.resumable;

/**
 * What a client gets that asks for an upload.
 *
 * @param upload the upload
 * @param isRepeat whether it was there already, and may have bytes
 */
public record Created(ResumableUpload upload, boolean isRepeat) {
  static Created now(ResumableUpload upload) {
    return new Created(upload, false);
  }

  static Created again(ResumableUpload upload) {
    return new Created(upload, true);
  }
}
