package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether incoming files can be written, found by writing one. */
public final class WriteCheck {
  /** More than a file system keeps beside a file's name. */
  private static final int BYTES = 8192;

  private final Path file;

  /** That of a media folder. */
  public WriteCheck(Path root) {
    this.file = root.resolve(Spool.FOLDER).resolve("check");
  }

  /**
   * Writes a small file where uploads are received, flushes and deletes it.
   *
   * @throws IOException when that cannot be done, such as on a full disk
   */
  public void run() throws IOException {
    try (FileChannel channel = MediaAccess.OWNER.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
