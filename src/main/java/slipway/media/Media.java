package slipway.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A stored file, open for reading.
 *
 * @param content positioned at its first byte
 * @param size bytes
 * @param modified when it was stored
 */
public record Media(FileChannel content, long size, Instant modified) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
