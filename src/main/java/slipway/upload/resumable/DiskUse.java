package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Map;
import slipway.upload.DiskShare;
import slipway.upload.IncomingRoom;
import slipway.upload.UploadLaterException;

/**
 * How many bytes the unfinished uploads take, those that have come in and do not count as received
 * yet included. A length that is merely announced takes none from others.
 */
public final class DiskUse {
  private final long mostPerToken;
  private final long mostInAll;
  private final IncomingRoom room;

  @GuardedBy("this")
  private final Map<String, Long> perToken = new HashMap<>();

  @GuardedBy("this")
  private long inAll;

  /**
   * None yet.
   *
   * @param mostPerToken bytes of one token
   * @param mostInAll bytes of all
   * @param room where they count among all that is being received
   */
  public DiskUse(long mostPerToken, long mostInAll, IncomingRoom room) {
    this.room = room;
    this.mostPerToken = mostPerToken;
    this.mostInAll = mostInAll;
  }

  /**
   * Looks whether so many bytes would fit now; takes nothing.
   *
   * @throws UploadLaterException when they would not
   */
  void check(String token, long bytes) throws UploadLaterException {
    checkBounds(token, bytes);
    room.check(bytes); // It may ask the disk: not under the lock.
  }

  /**
   * Takes room for bytes that are written now.
   *
   * @throws UploadLaterException when there is none
   */
  public synchronized void claim(String token, long bytes) throws UploadLaterException {
    checkBounds(token, bytes);
    room.claim(bytes);
    count(token, bytes);
  }

  private synchronized void checkBounds(String token, long bytes) throws UploadLaterException {
    if (inAll + bytes > mostInAll) {
      throw new UploadLaterException(
          UploadLaterException.Reason.NO_ROOM,
          "There is no room for more unfinished uploads now; try again later.");
    }
    if (perToken.getOrDefault(token, 0L) + bytes > mostPerToken) {
      throw new UploadLaterException(
          UploadLaterException.Reason.NO_ROOM,
          "The unfinished uploads of this upload token take too much room; finish some first.");
    }
  }

  /** Counts bytes that are there already. */
  synchronized void add(String token, long bytes) {
    room.add(bytes);
    count(token, bytes);
  }

  /** Counts bytes that are there now in place of those for which room was taken. */
  void settle(String token, long claimed, long there) {
    if (there > claimed) {
      add(token, there - claimed);
    } else if (claimed > there) {
      release(token, claimed - there);
    }
  }

  @GuardedBy("this")
  private void count(String token, long bytes) {
    inAll += bytes;
    perToken.merge(token, bytes, Long::sum);
  }

  /** Gives room back. */
  public synchronized void release(String token, long bytes) {
    room.release(bytes);
    inAll -= bytes;
    perToken.computeIfPresent(token, (key, used) -> used > bytes ? used - bytes : null);
  }

  /** Bytes of all. */
  synchronized long used() {
    return inAll;
  }

  /** Whether a file of that size fits at all. */
  boolean fits(long size) {
    return size <= most();
  }

  /** The largest file that fits. */
  long most() {
    return Math.min(mostPerToken, mostInAll);
  }

  /**
   * Looks whether the disk takes anything at all, before an upload begins.
   *
   * @throws UploadLaterException when it has no more free than must stay so
   */
  void checkDisk() throws UploadLaterException {
    room.checkDisk();
  }

  /**
   * Keeps room on the disk for a file that is written now in one go; close what is returned.
   *
   * @throws UploadLaterException when the disk has no room for all of it
   */
  DiskShare share(long bytes) throws UploadLaterException {
    return room.share(bytes);
  }

  /** A channel that looks whether the disk has room before it writes. */
  WritableByteChannel guard(WritableByteChannel file) {
    return room.guard(file);
  }
}
