package slipway.upload;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** The chunk that a request carries; close it once the chunk is stored or refused. */
public interface ChunkFile extends HeldUses, AutoCloseable {
  /** Whether its bytes can be written several times. */
  default boolean isRepeatable() {
    return false;
  }

  /**
   * Writes its bytes, once unless it {@link #isRepeatable}.
   *
   * @param chunk handed slices of a buffer, which it must not keep
   * @throws IOException when they cannot be read, or written
   */
  void copyTo(WritableByteChannel chunk) throws IOException;

  /** Deletes its temporary file, and returns its use if that was not taken over. */
  @Override
  default void close() throws IOException {}
}
