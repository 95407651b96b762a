package slipway.media.pictures;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What precedes the picture of a JPEG as cameras and programs write it: 8 bits, Huffman coding,
 * grey levels or YCbCr. Others are not read here.
 *
 * @param bytes what a decoder needs, without profile and notes, up to the first scan
 * @param scan where in the file that begins
 * @param profile what red, green and blue mean; null when it is sRGB, or not usable
 */
record JpegHead(byte[] bytes, long scan, int width, int height, ICC_Profile profile) {
  private static final int MOST_BYTES = 8 << 20;
  private static final int MOST_KEPT = 64 << 10;
  private static final int SOI = 0xd8;
  private static final int SOF = 0xc0;
  private static final int SOF_PROGRESSIVE = 0xc2;
  private static final int DHT = 0xc4;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int APP = 0xe0;
  private static final int APP_EXIF = 0xe1;
  private static final int APP_PROFILE = 0xe2;
  private static final int APP_ADOBE = 0xee;
  private static final int APP_LAST = 0xef;
  private static final int COMMENT = 0xfe;
  private static final String ICC = "ICC_PROFILE\0";
  private static final byte[] JFIF = {
    (byte) 0xff, (byte) APP, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** The head of a file; empty when it is of another kind, or broken. */
  static Optional<JpegHead> of(PictureFile file) throws IOException {
    try (InputStream in = file.stream()) {
      return new Reader(new DataInputStream(in)).read();
    }
  }

  private static final class Reader {
    private final DataInputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Map<Integer, byte[]> profile = new TreeMap<>();
    private long position = 2;
    private byte[] frame;
    private boolean isJfif;
    private boolean isExif;
    private int adobe = -1;
    private int profileParts;

    Reader(DataInputStream in) {
      this.in = in;
    }

    Optional<JpegHead> read() throws IOException {
      kept.write(0xff);
      kept.write(SOI);
      kept.writeBytes(JFIF);
      if (in.readUnsignedShort() != (0xff00 | SOI)) {
        return Optional.empty();
      }
      while (true) {
        int marker = in.readUnsignedShort() - 0xff00;
        if (marker == SOS) {
          return head();
        }
        int length = in.readUnsignedShort() - 2;
        byte[] content = length < 0 ? new byte[0] : in.readNBytes(length);
        position += 4 + content.length;
        if (length != content.length || position > MOST_BYTES || !take(marker, content)) {
          return Optional.empty();
        }
      }
    }

    /** Takes a segment; false when the picture is of another kind. */
    private boolean take(int marker, byte[] content) {
      if (marker == DHT || marker == DQT || marker == DRI) {
        return keep(marker, content);
      }
      if (marker >= SOF && marker <= SOF_PROGRESSIVE) {
        boolean isFirst = frame == null;
        frame = content;
        return isFirst && keep(marker, content);
      }
      if (marker == APP_ADOBE && isNamed(content, "Adobe") && content.length >= 12) {
        adobe = content[11];
      }
      isJfif |= marker == APP && isNamed(content, "JFIF\0");
      isExif |= marker == APP_EXIF && isNamed(content, "Exif\0");
      if (marker == APP_PROFILE && isNamed(content, ICC) && content.length > ICC.length() + 2) {
        profileParts = content[ICC.length() + 1] & 0xff;
        profile.put(
            content[ICC.length()] & 0xff,
            Arrays.copyOfRange(content, ICC.length() + 2, content.length));
      }
      return marker == COMMENT || marker >= APP && marker <= APP_LAST;
    }

    private boolean keep(int marker, byte[] content) {
      kept.write(0xff);
      kept.write(marker);
      kept.write(content.length + 2 >> 8);
      kept.write(content.length + 2);
      kept.writeBytes(content);
      return kept.size() <= MOST_KEPT;
    }

    private static boolean isNamed(byte[] content, String name) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      return content.length >= bytes.length
          && Arrays.equals(content, 0, bytes.length, bytes, 0, bytes.length);
    }

    private Optional<JpegHead> head() {
      if (frame == null || frame.length < 6 || frame[0] != 8) {
        return Optional.empty();
      }
      int components = frame[5];
      if (frame.length != 6 + 3 * components
          || components == 3 && !isYcc()
          || components == 1 && !profile.isEmpty()
          || components != 1 && components != 3) {
        return Optional.empty();
      }
      int height = (frame[1] & 0xff) << 8 | frame[2] & 0xff;
      int width = (frame[3] & 0xff) << 8 | frame[4] & 0xff;
      ICC_Profile meant = profile.isEmpty() ? null : Profiles.of(wholeProfile());
      return Optional.of(new JpegHead(kept.toByteArray(), position, width, height, meant));
    }

    /** Whether all decoders take it for YCbCr: nothing says another thing. */
    private boolean isYcc() {
      if (frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B') {
        return false;
      }
      boolean isCounted = frame[6] == 1 && frame[9] == 2 && frame[12] == 3;
      return adobe == 1 || adobe < 0 && (isJfif || isExif && isCounted);
    }

    private byte[] wholeProfile() {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      if (profile.size() == profileParts) {
        profile.values().forEach(whole::writeBytes);
      }
      return whole.toByteArray();
    }
  }
}
