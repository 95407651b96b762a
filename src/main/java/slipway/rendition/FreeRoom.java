package slipway.rendition;

import java.io.IOException;

/** Tells how much room there is for what is made of the files. */
@FunctionalInterface
public interface FreeRoom {
  /** Bytes that may still be written, beyond those that must stay free. */
  long bytes() throws IOException;

  /**
   * Looks whether there is room.
   *
   * @param bytes that are to be written
   * @throws IOException when there is none, which says so as the system does
   */
  default void check(long bytes) throws IOException {
    if (bytes() <= bytes) {
      throw new IOException("No space left on device but what must stay free");
    }
  }
}
