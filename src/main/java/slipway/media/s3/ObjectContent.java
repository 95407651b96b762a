package slipway.media.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What is to be an object: it can be read again and again, as requests are repeated. */
@FunctionalInterface
interface ObjectContent {
  /**
   * A range of its bytes; closed by who reads it.
   *
   * @param first offset of the first byte, from 0
   * @param length bytes
   */
  InputStream read(long first, long length) throws IOException;

  /** The name of an object that has those bytes, and no others; empty where there is none. */
  default Optional<String> object(long first, long length) {
    return Optional.empty();
  }
}
