package slipway.photo;

import java.sql.SQLException;
import slipway.db.RowReader;

/**
 * The state of the scan of a photo's file.
 *
 * @param state the scanner's verdict
 * @param reason what it found, or why there is no verdict, for people; else empty; while it is
 *     pending, what was found before
 * @param isHeld whether the photo is kept back: the public does not see it, whatever was requested,
 *     its file is given to nobody, and no picture is made of it
 */
public record PhotoScan(ScanState state, String reason, boolean isHeld) {
  /** The state of a file that is not scanned. */
  public static final PhotoScan NONE = new PhotoScan(ScanState.NONE, "", false);

  /** Why the photo is held, for people; empty where it is not. */
  public String words() {
    if (!isHeld) {
      return "";
    }
    return reason.isEmpty() ? "The virus scanner has not looked at the file yet." : reason;
  }

  /** Whether the scanner has to be asked. */
  boolean isWaiting() {
    return state == ScanState.PENDING || state == ScanState.UNKNOWN;
  }

  /**
   * Whether it is asked again about a file that it found something in: the photo is released for a
   * verdict only. The reason says what it was.
   */
  boolean isSuspect() {
    return state == ScanState.PENDING && !reason.isEmpty();
  }

  /** It is asked again, or for the first time. */
  PhotoScan again() {
    boolean isFound = state == ScanState.INFECTED || isSuspect();
    return new PhotoScan(ScanState.PENDING, isFound ? reason : "", isHeld);
  }

  /** It gave no verdict, for that reason, and is asked again. */
  PhotoScan without(String why) {
    return isSuspect() ? this : new PhotoScan(ScanState.UNKNOWN, why, isHeld);
  }

  static PhotoScan of(RowReader row) throws SQLException {
    return new PhotoScan(
        row.constant("scan_state", ScanState.class), row.text("scan_reason"), row.flag("held"));
  }
}
