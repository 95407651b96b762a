package slipway.media;

import java.io.IOException;
import java.nio.file.Path;

/** A file on its way in, not kept yet. */
public abstract sealed class IncomingFile permits Incoming, PartialFile {
  private final Path path;

  IncomingFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Its name in the store, which it keeps when it is kept. */
  public String name() {
    return FileNames.original(path).orElseThrow();
  }

  /** Makes the bytes written so far durable. */
  abstract void sync() throws IOException;
}
