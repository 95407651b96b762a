package slipway.db;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import slipway.disk.FullDisk;

/**
 * Distinguishes a disk whose quota is exhausted from one that fails. SQLite has one code for both,
 * so a file is written beside the database to find out.
 */
final class QuotaCheck {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaCheck.class);

  /** More than a commit usually writes. */
  private static final int BYTES = 256 * 1024;

  private final Path file;

  /** For the database in that folder. */
  QuotaCheck(Path folder) {
    this.file = folder.resolve("quota-check");
  }

  /** The failure, turned into that of a full disk where the quota is the reason. */
  Throwable named(Throwable failure) {
    if (!Trouble.isOfWriting(failure) || !isSpent()) {
      return failure;
    }
    return new SQLiteException("The disk quota is exhausted", SQLiteErrorCode.SQLITE_FULL)
        .initCause(failure);
  }

  private boolean isSpent() {
    try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return false;
    } catch (IOException e) {
      return FullDisk.isReasonOf(e);
    } finally {
      delete();
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("The file that probes the quota could not be deleted", e);
    }
  }
}
