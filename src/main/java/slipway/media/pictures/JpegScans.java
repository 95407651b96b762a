package slipway.media.pictures;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** How a JPEG's picture is laid out (ITU-T T.81, B.2). */
final class JpegScans {
  /** Encoders write about ten. Each costs a pass through the whole picture. */
  static final int MOST = 100;

  /** Programs write some hundred of at most 64 KB. The decoder keeps something of each. */
  static final int MOST_SEGMENTS = 10_000;

  private static final int TEM = 0x01;
  private static final int SOF_SEQUENTIAL = 0xc1;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF_LAST = 0xcf;
  private static final int RST_FIRST = 0xd0;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  private JpegScans() {}

  /**
   * What there is in a file: no more of either than one above the most.
   *
   * @param segments markers, with what belongs to each
   */
  record JpegCounts(int scans, int segments) {}

  /**
   * Whether every pixel is there only after the whole file has been read: a progressive JPEG, or
   * one with a scan for each colour. A decoder has to keep all of it until then.
   */
  static boolean areMany(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    try {
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

  /**
   * Counts them.
   *
   * @param isWhole whether the whole file is looked through, or what precedes the picture
   */
  static JpegCounts count(InputStream file, boolean isWhole) throws IOException {
    DataInputStream in = new DataInputStream(file);
    int scans = 0;
    int segments = 0;
    try {
      in.skipNBytes(2);
      while (scans <= (isWhole ? MOST : 0) && segments <= MOST_SEGMENTS) {
        int marker = markerAfterData(in);
        if (marker == EOI) {
          break;
        }
        segments++;
        scans += marker == SOS ? 1 : 0;
        if (marker != TEM && marker != SOI) {
          in.skipNBytes(Math.max(0, in.readUnsignedShort() - 2));
        }
      }
    } catch (EOFException e) {
      // What came counts.
    }
    return new JpegCounts(scans, segments);
  }

  /** The next marker; any number of 0xFF may precede it. */
  private static int marker(InputStream in) throws IOException {
    int marker = next(in);
    while (marker == 0xff) {
      marker = next(in);
    }
    return marker;
  }

  /** The next marker that is no part of a scan's data (F.1.2.3), as stuffed zeros and restarts. */
  private static int markerAfterData(InputStream in) throws IOException {
    while (true) {
      int marker = next(in);
      if (marker != 0xff) {
        continue;
      }
      marker = marker(in);
      if (marker != 0 && (marker < RST_FIRST || marker >= SOI)) {
        return marker;
      }
    }
  }

  private static int next(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  private static boolean isFrame(int marker) {
    boolean another = marker == DHT || marker == JPG || marker == DAC;
    return marker >= 0xc0 && marker <= SOF_LAST && !another;
  }
}
