package slipway.media.decoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import slipway.harness.SampleMedia;

/** A TIFF that holds a whole JPEG in the way of TIFF 6.0 (section 22), which was soon given up. */
final class OldTiff {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int OLD_JPEG = 6;
  private static final int YCBCR = 6;

  private OldTiff() {}

  static byte[] file(int width, int height) throws IOException {
    byte[] jpeg = SampleMedia.jpeg(width, height);
    int start = 8;
    int[][] entries = {
      {256, LONG, width},
      {257, LONG, height},
      {258, SHORT, 8},
      {259, SHORT, OLD_JPEG},
      {262, SHORT, YCBCR},
      {273, LONG, start},
      {277, SHORT, 3},
      {278, LONG, height},
      {279, LONG, jpeg.length},
      {512, SHORT, 1},
      {513, LONG, start},
      {514, LONG, jpeg.length},
    };
    ByteBuffer file =
        ByteBuffer.allocate(start + jpeg.length + 1 + 2 + 12 * entries.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN);
    int directory = start + jpeg.length + jpeg.length % 2;
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(directory).put(jpeg);
    file.position(directory).putShort((short) entries.length);
    for (int[] entry : entries) {
      file.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1).putInt(entry[2]);
    }
    return file.array();
  }
}
