package slipway.db;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells failures of the database or its disk from those of a statement. */
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

  private static final Set<SQLiteErrorCode> OF_WRITING =
      Set.of(
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_IOERR_WRITE,
          SQLiteErrorCode.SQLITE_IOERR_FSYNC,
          SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
          SQLiteErrorCode.SQLITE_CANTOPEN);

  /** The SQLSTATE {@code disk_full} of PostgreSQL. */
  private static final String DISK_FULL = "53100";

  private Trouble() {}

  /** Whether the disk had no room for what was written: nothing of it is on the disk. */
  static boolean isFull(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException database) {
        return database.getResultCode() == SQLiteErrorCode.SQLITE_FULL
            || database.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
      }
      if (e instanceof SQLException database && DISK_FULL.equals(database.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the disk did not take what was written, for a reason that SQLite does not say. */
  static boolean isOfWriting(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException database) {
        return OF_WRITING.contains(database.getResultCode());
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
