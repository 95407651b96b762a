package slipway.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * Bounds what the database file grows by when the log is copied to it. New pages are in the log
 * first, so that the file has room for them only then: on a full disk that is the room in reserve,
 * and a log whose new pages need more could never be emptied.
 */
final class FileGrowth {
  private static final long MOST_BYTES = 1 << 20;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path file;

  /** When the size is checked next; for the writer's thread. */
  private long next = System.nanoTime();

  FileGrowth(Path file) {
    this.file = file;
  }

  /** Copies the log to the file if the log has many new pages: between transactions. */
  void keep(Handle connection) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + LOOK_NANOS;
    if (bytes(connection) > MOST_BYTES) {
      LogLimit.checkpoint(connection, "passive");
    }
  }

  /** How many pages of the database the file does not have yet. */
  private long bytes(Handle connection) {
    try {
      return number(connection, "page_count") * number(connection, "page_size") - Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Handle connection, String pragma) {
    return Plain.query(connection, row -> row.number(pragma), "pragma " + pragma).get(0);
  }
}
