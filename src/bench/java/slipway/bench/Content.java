package slipway.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;

/** Random bytes, as compressed media are, of any length, that begin as a JPEG does. */
final class Content {
  private static final byte[] BYTES = random();
  private static final byte[] JPEG = jpeg();

  private Content() {}

  private static byte[] random() {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] jpeg() {
    byte[] bytes = BYTES.clone();
    byte[] start = {
      (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0
    };
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  /** The first bytes. */
  static byte[] jpeg(int bytes) {
    return Arrays.copyOf(JPEG, bytes);
  }

  /** Writes so many bytes; {@code from} is a whole number of MiB. */
  static void write(OutputStream out, long from, long length) throws IOException {
    for (long left = length; left > 0; left -= BYTES.length) {
      boolean first = from == 0 && left == length;
      out.write(first ? JPEG : BYTES, 0, (int) Math.min(left, BYTES.length));
    }
  }
}
