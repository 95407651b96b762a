package slipway.upload.resumable;

import slipway.token.TokenRefusedException;

/**
 * What a client gets that asks for an upload.
 *
 * @param upload the upload
 * @param hasBytes whether it was there already and bytes have arrived for it, or may just now: its
 *     address is given to those only who bring the same bytes, by {@link
 *     ResumableUploads#giveAgain}
 * @param refusal what those get who send other bytes, as the token has no use for theirs; null
 *     where they have the idempotency key of another file
 */
public record Created(ResumableUpload upload, boolean hasBytes, TokenRefusedException refusal) {
  static Created empty(ResumableUpload upload) {
    return new Created(upload, false, null);
  }

  static Created withBytes(ResumableUpload upload) {
    return new Created(upload, true, null);
  }

  /**
   * To be called where the bytes are others.
   *
   * @throws TokenRefusedException where the token has no use for these
   */
  public void refuse() throws TokenRefusedException {
    if (refusal != null) {
      throw refusal;
    }
  }
}
