package slipway.media.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A WebP whose canvas is small, and whose picture claims to be as large as can be. */
final class LyingWebp {
  private static final int CANVAS = 16;
  private static final int SIDE = 16_383;
  private static final int DATA = 5_000;

  private LyingWebp() {}

  static byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(12 + 18 + 8 + 10 + DATA).order(ByteOrder.LITTLE_ENDIAN);
    file.put(text("RIFF")).putInt(file.capacity() - 8).put(text("WEBP"));
    file.put(text("VP8X")).putInt(10).putInt(0);
    file.putShort((short) (CANVAS - 1)).put((byte) 0).putShort((short) (CANVAS - 1)).put((byte) 0);
    file.put(text("VP8 ")).putInt(10 + DATA);
    file.put(new byte[] {0x10, 2, 0, (byte) 0x9d, 1, 0x2a});
    file.putShort((short) SIDE).putShort((short) SIDE);
    return file.array();
  }

  private static byte[] text(String tag) {
    return tag.getBytes(StandardCharsets.US_ASCII);
  }
}
