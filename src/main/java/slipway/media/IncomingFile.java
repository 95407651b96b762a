package slipway.media;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file in the spool: on its way in, not kept yet. */
public abstract sealed class IncomingFile permits Incoming, PartialFile {
  private final Path path;

  IncomingFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Its name, which it keeps when it is kept. */
  public String name() {
    return FileNames.original(path).orElseThrow();
  }

  /** How long it is now, gaps included; 0 when nothing arrived. */
  public abstract long size() throws IOException;

  /** The received bytes, from the first one on; close it. */
  public InputStream read() throws IOException {
    return Files.newInputStream(path);
  }

  /** Whether a file of its name may be kept already; false if the name was just made for it. */
  boolean mayBeKept() {
    return true;
  }

  /**
   * A range of the received bytes; close it.
   *
   * @param first offset of the first byte, from 0
   * @param length bytes; reading fails where there are no more
   */
  public InputStream read(long first, long length) throws IOException {
    return new FileStream(FileChannel.open(path, READ), first, length);
  }

  /** The piece that has a range and nothing else, where one is kept by itself. */
  public Optional<KeptPiece> piece(long first, long length) {
    return Optional.empty();
  }

  /** Makes the bytes written so far durable. */
  abstract void sync() throws IOException;

  /** Notes that it was moved to the kept files, or back. */
  void isAtItsPath(boolean isThere) {
    // A file in pieces finds them by itself.
  }
}
