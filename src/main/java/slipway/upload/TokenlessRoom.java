package slipway.upload;

import slipway.net.FairShare;

/**
 * The room for files of forms that have not shown a known token yet: anybody can send those, so
 * that addresses share it. For many threads.
 */
final class TokenlessRoom {
  private final FairShare bytes;

  /**
   * Room for so many bytes.
   *
   * @param most in all
   * @param mostOfAddress of one address
   */
  TokenlessRoom(long most, long mostOfAddress) {
    this.bytes = new FairShare(() -> most, mostOfAddress, 0);
  }

  /**
   * The part of it that one form takes.
   *
   * @param address whom it is counted for
   * @param tokenField the field that shows the token
   */
  record Share(TokenlessRoom room, String address, String tokenField) {
    /** Checks whether so many bytes would fit now; takes nothing. */
    void check(long bytes) throws UploadLaterException {
      if (!room.bytes.fits(address, bytes)) {
        throw UploadLaterException.tokenAfterFile(tokenField);
      }
    }

    void claim(long bytes) throws UploadLaterException {
      if (!room.bytes.claim(address, bytes)) {
        throw UploadLaterException.tokenAfterFile(tokenField);
      }
    }

    void release(long bytes) {
      room.bytes.release(address, bytes);
    }
  }

  long used() {
    return bytes.used();
  }
}
