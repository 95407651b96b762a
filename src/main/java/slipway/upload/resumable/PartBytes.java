package slipway.upload.resumable;

import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * What all parts of a token may have together.
 *
 * @param ofOne bytes of the largest file
 * @param freeUses files that it may take besides those that hold a use now
 * @param uses files that it may ever take
 */
record PartBytes(long ofOne, int freeUses, int uses) {
  /** For what is no part. */
  static final PartBytes NONE = new PartBytes(0, 0, 0);

  /** What waits for a use to come free would be taken later; more than all files never is. */
  void check(long bytes) throws UploadRefusedException, UploadLaterException {
    if (bytes > uses * ofOne) {
      throw UploadRefusedException.partsTooLarge(ofOne);
    }
    if (bytes > freeUses * ofOne) {
      throw OpenCounts.tooMany(
          "The parts are larger than the files that this upload token has room for now.");
    }
  }
}
