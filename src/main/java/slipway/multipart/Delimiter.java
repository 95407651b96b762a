package slipway.multipart;

import java.util.Arrays;

/**
 * The delimiter between the parts of a multipart body, CRLF {@code --boundary} (RFC 2046 §5.1.1),
 * and the search for it by Boyer-Moore-Horspool: the byte under the delimiter's last place tells
 * how far the delimiter can move on, so most bytes of a body are never looked at.
 *
 * <p>A candidate is compared from its front. CR stands at the front only, so a body made to look
 * like the delimiter still costs time linear in its length.
 */
final class Delimiter {
  /** The longest boundary RFC 2046 §5.1.1 allows, in bytes. */
  static final int MAX_BOUNDARY = 70;

  private final byte[] bytes;
  private final int last;

  /** By the byte under the last place: how far to move on, or 0 where the delimiter may stand. */
  private final byte[] shifts = new byte[256];

  /** How far to move on after a candidate that was not the delimiter. */
  private final int shiftAfterCandidate;

  /**
   * @param boundary 1 to {@value #MAX_BOUNDARY} bytes, without CR
   */
  Delimiter(byte[] boundary) {
    bytes = new byte[4 + boundary.length];
    bytes[0] = '\r';
    bytes[1] = '\n';
    bytes[2] = '-';
    bytes[3] = '-';
    System.arraycopy(boundary, 0, bytes, 4, boundary.length);
    last = bytes.length - 1;
    Arrays.fill(shifts, (byte) bytes.length);
    for (int i = 0; i < last; i++) {
      shifts[bytes[i] & 0xFF] = (byte) (last - i);
    }
    shiftAfterCandidate = shifts[bytes[last] & 0xFF];
    shifts[bytes[last] & 0xFF] = 0;
  }

  /** The delimiter's length in bytes. */
  int length() {
    return bytes.length;
  }

  /** The index of the first whole delimiter in {@code data[from, to)}, or -1. */
  int find(byte[] data, int from, int to) {
    int end = from + last;
    while (end < to) {
      int shift = shifts[data[end] & 0xFF];
      if (shift != 0) {
        end += shift;
      } else if (beginsWithin(data, end - last, end + 1)) {
        return end - last;
      } else {
        end += shiftAfterCandidate;
      }
    }
    return -1;
  }

  /**
   * Where in {@code data[from, to)}, which holds no whole delimiter, one may have begun that the
   * bytes to come complete; {@code to} when none may.
   */
  int findBeginning(byte[] data, int from, int to) {
    for (int i = Math.max(from, to - last); i < to; i++) {
      if (beginsWithin(data, i, to)) {
        return i;
      }
    }
    return to;
  }

  private boolean beginsWithin(byte[] data, int from, int to) {
    return data[from] == '\r' && Arrays.equals(data, from, to, bytes, 0, to - from);
  }
}
