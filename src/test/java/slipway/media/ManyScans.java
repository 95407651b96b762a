package slipway.media;

import java.io.ByteArrayOutputStream;

/** A grey progressive JPEG, each of whose scans goes through the whole picture (ITU-T T.81, G). */
public final class ManyScans {
  /** The longest run of empty blocks that one code of the table below can tell is below this. */
  private static final int RUN = 1 << 14;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int count;

  private ManyScans() {}

  /**
   * One of a size and a number of scans, the first included.
   *
   * @param side pixels of width and height
   */
  public static byte[] jpeg(int side, int scans) {
    return new ManyScans().write(side, scans);
  }

  private byte[] write(int side, int scans) {
    int blocks = (side + 7) / 8 * ((side + 7) / 8);
    marker(0xd8);
    byte[] table = new byte[65];
    java.util.Arrays.fill(table, 1, 65, (byte) 1);
    segment(0xdb, table);
    segment(0xc2, 8, side >> 8, side, side >> 8, side, 1, 1, 0x11, 0);
    code(0x00, 0x00); // the difference is none
    code(0x10, 0xe0); // a run of empty blocks, whose length follows in 14 bits
    segment(0xda, 1, 1, 0x00, 0, 0, 0);
    for (int i = 0; i < blocks; i++) {
      put(0, 1);
    }
    end();
    for (int i = 1; i < scans; i++) {
      segment(0xda, 1, 1, 0x00, 1, 63, 0);
      for (int left = blocks; left > 0; left -= 2 * RUN - 1) {
        put(0, 1);
        put(Math.max(0, Math.min(left, 2 * RUN - 1) - RUN), 14);
      }
      end();
    }
    marker(0xd9);
    return out.toByteArray();
  }

  /** A Huffman table of one code, which is a zero. */
  private void code(int destination, int symbol) {
    byte[] table = new byte[18];
    table[0] = (byte) destination;
    table[1] = 1;
    table[17] = (byte) symbol;
    segment(0xc4, table);
  }

  private void marker(int marker) {
    out.write(0xff);
    out.write(marker);
  }

  private void segment(int marker, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    segment(marker, bytes);
  }

  private void segment(int marker, byte[] content) {
    marker(marker);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
  }

  private void put(int value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      bits = bits << 1 | (value >> i & 1);
      count++;
      if (count == 8) {
        flush();
      }
    }
  }

  private void end() {
    while (count > 0) {
      put(1, 1);
    }
  }

  private void flush() {
    out.write(bits);
    if ((bits & 0xff) == 0xff) {
      out.write(0);
    }
    bits = 0;
    count = 0;
  }
}
