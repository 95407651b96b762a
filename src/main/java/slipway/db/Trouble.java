package slipway.db;

import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Whether a failure is the database's or its disk's own, and no statement is to blame. */
final class Trouble {
  /** Primary result codes, which are the low byte of all others. */
  private static final Set<Integer> CODES =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY.code,
          SQLiteErrorCode.SQLITE_NOMEM.code,
          SQLiteErrorCode.SQLITE_READONLY.code,
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_CANTOPEN.code,
          SQLiteErrorCode.SQLITE_PROTOCOL.code);

  private Trouble() {}

  /** Whether the disk had no room for what was written: nothing of it is on the disk. */
  static boolean isFull(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException database) {
        return database.getResultCode() == SQLiteErrorCode.SQLITE_FULL
            || database.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
      }
    }
    return false;
  }

  static boolean isIn(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException database) {
        return CODES.contains(database.getResultCode().code & 0xff);
      }
    }
    return false;
  }
}
