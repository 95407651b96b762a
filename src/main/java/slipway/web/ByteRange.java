package slipway.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, from the header {@code Range} (RFC 9110, 14.1.2).
 *
 * @param first first byte, from 0
 * @param length bytes; 0 when no byte of the file is requested
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The range that a header requests; null when it is ignored and the whole file sent: no header,
   * another unit, a malformed one, or several ranges (14.2 leaves that to the server).
   */
  static ByteRange of(String header, long size) {
    Matcher matcher = header == null ? null : ONE.matcher(header.strip());
    if (matcher == null || !matcher.matches()) {
      return null;
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? null : suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return null;
    }
    return new ByteRange(from, Math.max(0, to - from + 1));
  }

  private static ByteRange suffix(long length, long size) {
    long some = Math.min(length, size);
    return new ByteRange(size - some, some);
  }

  boolean isUnsatisfiable() {
    return length == 0;
  }
}
