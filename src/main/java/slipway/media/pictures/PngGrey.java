package slipway.media.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A PNG of grey levels of fewer than 8 bits, one of which is transparent (PNG, third edition,
 * 11.3.1.1). The decoder looks for that level among those of 8 bits, so that it is told in 8 bits.
 */
final class PngGrey {
  private static final int GREY = 0;
  private static final int BITS = 8;
  private static final int WHITE = 255;
  private static final int FIRST_CHUNK = 8;
  private static final int HEADER_END = 33;
  private static final int DEPTH = 24;
  private static final int COLOUR_TYPE = 25;

  /** Besides its data: length, type and checksum. */
  private static final int CHUNK_BYTES = 12;

  private static final int NAME = 4;
  private static final int DATA = 8;
  private static final int TRANSPARENCY = 0x74524e53;
  private static final int PICTURE = 0x49444154;
  private static final int MOST_CHUNKS = 1000;

  private PngGrey() {}

  /** Has the transparent level of such a file read as one of 8 bits. */
  static void showInEightBits(PictureFile file) throws IOException {
    ByteBuffer head = read(file, 0, HEADER_END);
    if (head.limit() < HEADER_END || head.get(COLOUR_TYPE) != GREY || head.get(DEPTH) >= BITS) {
      return;
    }
    int white = (1 << Math.max(1, head.get(DEPTH))) - 1;
    long at = FIRST_CHUNK;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      ByteBuffer chunk = read(file, at, DATA + Short.BYTES);
      if (chunk.limit() < DATA + Short.BYTES || chunk.getInt(NAME) == PICTURE) {
        return;
      }
      if (chunk.getInt(NAME) == TRANSPARENCY) {
        int level = (chunk.getShort(DATA) & white) * WHITE / white;
        file.replace(at + DATA, new byte[] {0, (byte) level});
        return;
      }
      at += CHUNK_BYTES + Integer.toUnsignedLong(chunk.getInt(0));
    }
  }

  private static ByteBuffer read(PictureFile file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
      // More may follow.
    }
    return bytes.flip();
  }
}
