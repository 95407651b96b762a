package slipway.upload;

import java.io.IOException;

/**
 * The room that the file of one request takes, byte by byte as it comes; closing gives it back. For
 * one thread at a time.
 */
final class UploadRoom implements AutoCloseable {
  private final IncomingRoom room;
  private final long length;
  private TokenlessRoom.Share tokenless;
  private long held;

  /**
   * None yet.
   *
   * @param tokenless what it takes until its token is known; null where the sender is known
   * @param length bytes of the whole request; -1 when it is not known
   */
  UploadRoom(IncomingRoom room, TokenlessRoom.Share tokenless, long length) {
    this.room = room;
    this.tokenless = tokenless;
    this.length = length;
  }

  /**
   * Checks whether a file of the announced length would fit, before any of it is stored.
   *
   * @throws UploadLaterException when it would not
   */
  void checkLength() throws UploadLaterException {
    long bytes = Math.max(0, length);
    if (tokenless != null) {
      tokenless.check(bytes);
    }
    room.check(bytes);
  }

  /**
   * Takes room for bytes that are written now.
   *
   * @throws UploadLaterException when there is none
   */
  void take(long bytes) throws UploadLaterException {
    room.writing(bytes);
    if (tokenless != null) {
      tokenless.claim(bytes);
    }
    boolean claimed = false;
    try {
      room.claim(bytes);
      claimed = true;
    } finally {
      if (!claimed && tokenless != null) {
        tokenless.release(bytes);
      }
    }
    held += bytes;
  }

  /** Interprets the failure of a write. */
  IOException failed(IOException failure) {
    return room.failed(failure);
  }

  /** Notes that the token is known: from now on the file is not counted for an address. */
  void tokenKnown() {
    if (tokenless != null) {
      tokenless.release(held);
      tokenless = null;
    }
  }

  @Override
  public void close() {
    tokenKnown();
    room.release(held);
    held = 0;
  }
}
