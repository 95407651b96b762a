package slipway.media.pictures;

import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What has a decoder of WebP (by the WebP container's description) give up without need. */
final class WebpFile {
  private static final int HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;

  private static final int MOST_TIMES = 4;
  private static final int MORE_ZEROS = 64 * 1024;

  /** The profile stands before the picture. */
  private static final int MOST_CHUNKS = 16;

  private static final int MOST_BYTES = 4 << 20;
  private static final byte[] UNKNOWN = "JUNK".getBytes(StandardCharsets.ISO_8859_1);

  private WebpFile() {}

  /**
   * Until where a decoder must find zeros after the bytes of a file that was cut, so that it
   * continues to the end: a little more than it claims, and no more than goes with what is there; 0
   * of a whole file.
   */
  static long zerosUntil(PictureFile file) throws IOException {
    long claimed =
        CHUNK_HEADER_BYTES
            + Integer.toUnsignedLong(
                read(file, 0, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
    long size = file.size();
    return claimed <= size ? 0 : Math.min(claimed, MOST_TIMES * size) + size + MORE_ZEROS;
  }

  /** Hides the colour profile where it cannot be used: the picture counts as sRGB then. */
  static void hideBroken(PictureFile file) throws IOException {
    long at = HEADER_BYTES;
    for (int i = 0; i < MOST_CHUNKS && at + CHUNK_HEADER_BYTES <= file.size(); i++) {
      ByteBuffer head = read(file, at, CHUNK_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      String type = Box.type(head);
      long length = Integer.toUnsignedLong(head.getInt());
      if (type.equals("ICCP") && !isUsable(file, at + CHUNK_HEADER_BYTES, length)) {
        file.replace(at, UNKNOWN);
      }
      at += CHUNK_HEADER_BYTES + length + (length & 1);
    }
  }

  private static boolean isUsable(PictureFile file, long at, long length) throws IOException {
    if (length > MOST_BYTES || at + length > file.size()) {
      return false;
    }
    try {
      return Profiles.isUsable(ICC_Profile.getInstance(read(file, at, (int) length).array()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ByteBuffer read(PictureFile file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
      // More may follow.
    }
    return bytes.rewind();
  }
}
