package slipway.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes by their first bytes kinds of files that Tika mistakes for others, or does not know.
 */
final class Signatures {
  /** ISO base media files that are pictures, by their major brand (ISO/IEC 23008-12, 10). */
  private static final Set<String> PICTURES = Set.of("mif1", "mif2", "msf1", "miaf", "1pic");

  private static final Set<String> AVIF = Set.of("avif", "avis");
  private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis");
  private static final Set<String> HEIC_SEQUENCE = Set.of("hevc", "hevx", "hevm", "hevs");
  private static final int MOST_BRANDS = 64;

  /**
   * Bytes of a packet of a transport stream, alone (ISO/IEC 13818-1, 2.4.3.2) or in M2TS or DVB.
   */
  private static final int[] PACKETS = {188, 192, 204};

  private static final int SYNC = 0x47;

  /** More in a row than occur by chance. */
  private static final int LEAST_PACKETS = 5;

  /** Sizes that the second header of a BMP has, by which its version is told. */
  private static final Set<Integer> BMP_HEADERS = Set.of(12, 40, 52, 56, 64, 108, 124);

  private static final int BMP_HEAD_BYTES = 26;
  private static final int DNG_VERSION = 0xc612;

  private Signatures() {}

  /** The MIME type of a file that begins with these bytes; empty for all other kinds. */
  static Optional<String> type(byte[] head) {
    if (begins(head, "II") || begins(head, "MM")) {
      return tiff(head);
    }
    if (begins(head, "BM")) {
      return isBmp(head) ? Optional.of("image/bmp") : Optional.empty();
    }
    if (isTransportStream(head)) {
      return Optional.of("video/mp2t");
    }
    return head.length >= 16 && text(head, 4).equals("ftyp") ? heif(head) : Optional.empty();
  }

  private static boolean begins(byte[] head, String signature) {
    byte[] start = signature.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= start.length
        && Arrays.equals(head, 0, start.length, start, 0, start.length);
  }

  private static String text(byte[] head, int from) {
    return new String(head, from, 4, StandardCharsets.ISO_8859_1);
  }

  /** If a file only says that it is a picture, its codecs determine the type. */
  static Optional<String> heif(byte[] head) {
    List<String> brands = new ArrayList<>(List.of(text(head, 8)));
    int end = Math.min(ByteBuffer.wrap(head).getInt(), head.length);
    for (int at = 16; at + 4 <= end && brands.size() < MOST_BRANDS; at += 4) {
      brands.add(text(head, at));
    }
    String major = brands.get(0);
    boolean isPicture =
        PICTURES.contains(major)
            || AVIF.contains(major)
            || HEIC.contains(major)
            || HEIC_SEQUENCE.contains(major);
    if (!isPicture) {
      return Optional.empty();
    }
    if (brands.stream().anyMatch(AVIF::contains)) {
      return Optional.of("image/avif");
    }
    if (brands.stream().anyMatch(HEIC::contains)) {
      return Optional.of("image/heic");
    }
    if (brands.stream().anyMatch(HEIC_SEQUENCE::contains)) {
      return Optional.of("image/heic-sequence");
    }
    return Optional.of(major.equals("msf1") ? "image/heif-sequence" : "image/heif");
  }

  private static boolean isTransportStream(byte[] head) {
    for (int packet : PACKETS) {
      int first = packet == 192 ? 4 : 0; // M2TS: a time before each packet
      if (head.length >= LEAST_PACKETS * packet && isSynchronous(head, first, packet)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSynchronous(byte[] head, int first, int packet) {
    for (int i = 0; i < LEAST_PACKETS; i++) {
      if (head[first + i * packet] != SYNC) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBmp(byte[] head) {
    if (head.length < BMP_HEAD_BYTES) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getInt(14);
    int planes = bytes.getShort(header == 12 ? 22 : 26);
    return BMP_HEADERS.contains(header) && planes == 1;
  }

  /** TIFF, BigTIFF, and DNG, which is a TIFF with a tag of its own; CR2 is Tika's. */
  private static Optional<String> tiff(byte[] head) {
    if (head.length < 16) {
      return Optional.empty();
    }
    ByteOrder order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer bytes = ByteBuffer.wrap(head).order(order);
    int version = bytes.getShort(2);
    if (version == 43 && bytes.getShort(4) == 8 && bytes.getShort(6) == 0) {
      return Optional.of("image/tiff");
    }
    if (version != 42 || (head[8] == 'C' && head[9] == 'R')) {
      return Optional.empty();
    }
    return Optional.of(hasEntry(bytes, DNG_VERSION) ? "image/x-raw-adobe" : "image/tiff");
  }

  /** Whether the first directory has a tag, as far as it is among these bytes. */
  private static boolean hasEntry(ByteBuffer tiff, int tag) {
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory > tiff.limit() - 2) {
      return false;
    }
    int count = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < count; i++) {
      int at = (int) directory + 2 + i * 12;
      if (at > tiff.limit() - 12) {
        return false;
      }
      if ((tiff.getShort(at) & 0xffff) == tag) {
        return true;
      }
    }
    return false;
  }
}
