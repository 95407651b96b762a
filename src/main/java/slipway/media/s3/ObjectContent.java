package slipway.media.s3;

import java.io.IOException;
import java.io.InputStream;

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
}
