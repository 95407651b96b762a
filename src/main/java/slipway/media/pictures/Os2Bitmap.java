package slipway.media.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A bitmap of OS/2 2.x: its header begins as that of Windows does, and continues with what no
 * picture needs. It is read as one of Windows.
 */
final class Os2Bitmap {
  private static final int HEADER = 14;
  private static final int HEADER_BYTES = 64;
  private static final int WINDOWS_BYTES = 40;
  private static final int PALETTE = HEADER + HEADER_BYTES;
  private static final int MOST_PALETTE_BYTES = 1024;

  private Os2Bitmap() {}

  /** Has such a file read as one of Windows. */
  static void showAsWindows(PictureFile file) throws IOException {
    ByteBuffer head = read(file, PALETTE + MOST_PALETTE_BYTES);
    if (head.limit() < PALETTE || head.getInt(HEADER) != HEADER_BYTES) {
      return;
    }
    int pixels = Math.max(PALETTE, Math.min(head.getInt(10), head.limit()));
    byte[] windows = new byte[WINDOWS_BYTES + pixels - PALETTE];
    head.putInt(HEADER, WINDOWS_BYTES);
    head.get(HEADER, windows, 0, WINDOWS_BYTES);
    head.get(PALETTE, windows, WINDOWS_BYTES, pixels - PALETTE);
    file.replace(HEADER, windows);
  }

  private static ByteBuffer read(PictureFile file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
      // More may follow.
    }
    return bytes.flip();
  }
}
