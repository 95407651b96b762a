package slipway.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A kept file that is lent as a local one, for decoders that open files by themselves. It is only
 * to be read, and only until it is closed.
 *
 * @param path where it is
 * @param end ends the loan, for example by deleting a copy
 */
public record LocalFile(Path path, Closeable end) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    end.close();
  }
}
