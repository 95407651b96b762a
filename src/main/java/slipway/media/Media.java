package slipway.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import slipway.net.FilePart;

/** A kept file, open for reading. For one thread at a time. */
public interface Media extends AutoCloseable {
  /** Bytes. */
  long size();

  /** When it was kept. */
  Instant modified();

  /**
   * Writes a range of its bytes, all of them.
   *
   * @param first offset of the first byte, from 0
   * @param length bytes; the range ends within the file
   * @throws IOException when they cannot be read, for example as the file is shorter than it was,
   *     or cannot be written; some may have been written
   */
  void copy(long first, long length, OutputStream out) throws IOException;

  /**
   * A range of its bytes, to be read once. Closing the stream closes this.
   *
   * @param first offset of the first byte, from 0
   * @param length bytes; the range ends within the file
   * @throws IOException when a store elsewhere does not begin to send it; it is still to be closed
   */
  InputStream stream(long first, long length) throws IOException;

  /**
   * The same range as a part of a local file, for a container or a proxy that sends files by their
   * names. Nothing is opened or copied for it.
   *
   * @return empty if the store has its files elsewhere
   */
  Optional<FilePart> part(long first, long length);

  /**
   * An external address that serves it for some minutes, whole or by ranges, to anyone who has the
   * address.
   *
   * @param type the media type that it is served with
   * @param disposition the header {@code Content-Disposition} that it is served with
   * @return empty where the store has none
   */
  default Optional<URI> address(String type, String disposition) throws IOException {
    return Optional.empty();
  }

  /** The first bytes: so many, or all there are. */
  byte[] head(int most) throws IOException;

  @Override
  void close() throws IOException;
}
