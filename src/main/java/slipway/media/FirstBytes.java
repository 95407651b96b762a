package slipway.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognizes kinds of files by a few of their first bytes, whatever follows. Trying everything that
 * Tika knows costs more than the rest of a small upload.
 */
final class FirstBytes {
  /** How many bytes are enough: the heads of two boxes, or the header of an EBML document. */
  static final int ENOUGH = 512;

  private static final List<MagicNumber> MAGIC_NUMBERS =
      List.of(
          new MagicNumber(
              "image/jpeg", "\u00ff\u00d8\u00ff", 0, ""), // SOI, a marker: ITU-T T.81, B.1.1
          new MagicNumber("image/png", "\u0089PNG\r\n\u001a\n", 0, ""), // ISO/IEC 15948, 5.2
          new MagicNumber("image/gif", "GIF87a", 0, ""),
          new MagicNumber("image/gif", "GIF89a", 0, ""),
          new MagicNumber("image/webp", "RIFF", 8, "WEBP"),
          new MagicNumber("video/x-msvideo", "RIFF", 8, "AVI "));

  /** Videos in ISO base media files, by their major brand; the many others are Tika's. */
  private static final Map<String, String> BRANDS =
      Map.ofEntries(
          Map.entry("isom", "video/mp4"),
          Map.entry("iso2", "video/mp4"),
          Map.entry("iso4", "video/mp4"),
          Map.entry("iso5", "video/mp4"),
          Map.entry("iso6", "video/mp4"),
          Map.entry("avc1", "video/mp4"),
          Map.entry("mp41", "video/mp4"),
          Map.entry("mp42", "video/mp4"),
          Map.entry("M4V ", "video/x-m4v"),
          Map.entry("3gp4", "video/3gpp"),
          Map.entry("3gp5", "video/3gpp"),
          Map.entry("3g2a", "video/3gpp2"),
          Map.entry("qt  ", "video/quicktime"));

  private static final String EBML = "\u001aE\u00df\u00a3";
  private static final int EBML_HEADER_BYTES = 64;

  private FirstBytes() {}

  /** One that has a signature, and another further on. */
  private record MagicNumber(String type, String signature, int at, String other) {
    boolean isOf(byte[] head) {
      return has(head, 0, signature) && has(head, at, other);
    }
  }

  /** The MIME type; empty where these bytes do not tell it, or are too few. */
  static Optional<String> type(byte[] head) {
    for (MagicNumber kind : MAGIC_NUMBERS) {
      if (kind.isOf(head)) {
        return Optional.of(kind.type());
      }
    }
    if (has(head, 0, EBML) && head.length >= EBML_HEADER_BYTES) {
      return Optional.of(isWebm(head) ? "video/webm" : "video/x-matroska");
    }
    return has(head, 4, "ftyp") ? isoMedia(head) : Optional.empty();
  }

  /** ISO/IEC 14496-12, 4.3: a box with the brand that the file is best read by, and others. */
  private static Optional<String> isoMedia(byte[] head) {
    int box = ByteBuffer.wrap(head).getInt();
    if (box < 16 || box > head.length) {
      return Optional.empty();
    }
    return Optional.ofNullable(BRANDS.get(latin(head, 8, 4))).or(() -> Signatures.heif(head));
  }

  /** RFC 8794, 11.2.6: the header names what the document is. */
  static boolean isWebm(byte[] head) {
    return latin(head, 0, Math.min(head.length, EBML_HEADER_BYTES)).contains("webm");
  }

  private static boolean has(byte[] head, int at, String bytes) {
    if (head.length < at + bytes.length()) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if ((head[at + i] & 0xff) != bytes.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String latin(byte[] head, int from, int count) {
    return new String(head, from, count, StandardCharsets.ISO_8859_1);
  }
}
