package slipway.media.pictures;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of an ISO base media file (ISO/IEC 14496-12, 4.2) that is in memory.
 *
 * @param type four characters, such as {@code ispe}
 * @param content what follows size and type; reading it moves on in it
 */
record Box(String type, ByteBuffer content) {
  private static final int HEADER_BYTES = 8;

  /** The boxes that fill some bytes. One that claims more than there is has what there is. */
  static List<Box> in(ByteBuffer bytes) {
    List<Box> boxes = new ArrayList<>();
    while (bytes.remaining() >= HEADER_BYTES) {
      long size = Integer.toUnsignedLong(bytes.getInt());
      String type = type(bytes);
      int length = (int) Math.min(Math.max(0, size - HEADER_BYTES), bytes.remaining());
      boxes.add(new Box(type, bytes.slice(bytes.position(), length)));
      bytes.position(bytes.position() + length);
    }
    return boxes;
  }

  static Optional<Box> first(List<Box> boxes, String type) {
    return boxes.stream().filter(box -> box.type.equals(type)).findFirst();
  }

  /** The four characters that come next, such as a type. */
  static String type(ByteBuffer bytes) {
    byte[] type = new byte[4];
    bytes.get(type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  /** Reads the version that a full box begins with, and its flags. */
  int versionAndFlags() {
    return content.getInt();
  }

  /**
   * Reads a number of that many bytes, 0 to 8.
   *
   * @throws BufferUnderflowException when there are not as many
   */
  long number(int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (content.get() & 0xff);
    }
    return number;
  }

  /**
   * Passes over that many bytes.
   *
   * @throws BufferUnderflowException when there are not as many
   */
  void skip(int bytes) {
    if (bytes > content.remaining()) {
      throw new BufferUnderflowException();
    }
    content.position(content.position() + bytes);
  }
}
