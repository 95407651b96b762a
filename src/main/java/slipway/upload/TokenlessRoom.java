package slipway.upload;

import java.util.HashMap;
import java.util.Map;

/**
 * The room for files of forms that have not shown a known token yet: anybody can send those. One
 * address gets no more than it leaves free for all others, so that few cannot fill it. For many
 * threads.
 */
final class TokenlessRoom {
  private final long most;
  private final long mostOfAddress;
  private final Map<String, Long> byAddress = new HashMap<>();
  private long used;

  /**
   * Room for so many bytes.
   *
   * @param most in all
   * @param mostOfAddress of one address
   */
  TokenlessRoom(long most, long mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
  }

  /**
   * The part of it that one form takes.
   *
   * @param address whom it is counted for
   * @param tokenField the field that shows the token
   */
  record Share(TokenlessRoom room, String address, String tokenField) {
    /** Looks whether so many bytes would fit now; takes nothing. */
    void check(long bytes) throws UploadLaterException {
      if (!room.fits(address, bytes)) {
        throw UploadLaterException.tokenAfterFile(tokenField);
      }
    }

    void claim(long bytes) throws UploadLaterException {
      if (!room.claim(address, bytes)) {
        throw UploadLaterException.tokenAfterFile(tokenField);
      }
    }

    void release(long bytes) {
      room.release(address, bytes);
    }
  }

  synchronized boolean fits(String address, long bytes) {
    long own = byAddress.getOrDefault(address, 0L);
    return bytes <= mostOfAddress - own && bytes <= (most - used - own) / 2;
  }

  /** Takes room for bytes; false when there is none. */
  synchronized boolean claim(String address, long bytes) {
    if (!fits(address, bytes)) {
      return false;
    }
    used += bytes;
    byAddress.merge(address, bytes, Long::sum);
    return true;
  }

  synchronized void release(String address, long bytes) {
    used -= bytes;
    byAddress.computeIfPresent(address, (same, own) -> own > bytes ? own - bytes : null);
  }

  synchronized long used() {
    return used;
  }
}
