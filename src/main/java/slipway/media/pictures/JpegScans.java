package slipway.media.pictures;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a JPEG's picture is laid out, by what stands before its first scan (ITU-T T.81, B.2). */
public final class JpegScans {
  private static final int SOF_SEQUENTIAL = 0xc1;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF_LAST = 0xcf;
  private static final int SOS = 0xda;

  private JpegScans() {}

  /**
   * Whether every pixel is there only after the whole file has been read: a progressive JPEG, or
   * one with a scan for each colour. A decoder has to keep all of it until then.
   */
  public static boolean areMany(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(2);
      int components = 0;
      for (int marker = marker(in); marker != SOS; marker = marker(in)) {
        int length = in.readUnsignedShort() - 2;
        if (isFrame(marker)) {
          if (marker > SOF_SEQUENTIAL) {
            return true;
          }
          in.skipNBytes(5); // precision, height and width
          components = in.readUnsignedByte();
          length -= 6;
        }
        in.skipNBytes(Math.max(0, length));
      }
      in.skipNBytes(2);
      return in.readUnsignedByte() < components;
    } catch (EOFException e) {
      // Broken: the decoder says so.
      return false;
    }
  }

  /** The next marker; any number of 0xFF may stand before it. */
  private static int marker(DataInputStream in) throws IOException {
    int marker = in.readUnsignedByte();
    while (marker == 0xff) {
      marker = in.readUnsignedByte();
    }
    return marker;
  }

  private static boolean isFrame(int marker) {
    boolean another = marker == DHT || marker == JPG || marker == DAC;
    return marker >= 0xc0 && marker <= SOF_LAST && !another;
  }
}
