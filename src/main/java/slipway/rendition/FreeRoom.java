package slipway.rendition;

import java.io.IOException;

/** The disk space for what is made of the files. */
@FunctionalInterface
public interface FreeRoom {
  /** Bytes that may still be written, beyond those that must stay free. */
  long bytes() throws IOException;

  /**
   * Checks whether there is space.
   *
   * @param bytes that are to be written
   * @throws IOException when there is none, with the system's message for a full disk
   */
  default void check(long bytes) throws IOException {
    if (bytes() <= bytes) {
      throw new IOException("No space left on device but what must stay free");
    }
  }
}
