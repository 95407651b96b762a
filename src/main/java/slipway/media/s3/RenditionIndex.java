package slipway.media.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the renditions of a version begin with, as they are one object: lines with their names and
 * lengths, in the order in which they follow it.
 *
 * @param spans where each of them is, by its name
 * @param modified when they were made
 */
record RenditionIndex(Map<String, Span> spans, Instant modified) {
  /** How long it is, filled up with zeros. */
  static final int BYTES = 1024;

  private static final String FIRST_LINE = "slipway renditions 1\n";

  /**
   * A range of the object.
   *
   * @param first offset of its first byte
   * @param length bytes
   */
  record Span(long first, long length) {}

  /**
   * Writes one.
   *
   * @param lengths of the renditions, by their names
   */
  static byte[] write(SortedMap<String, Long> lengths) {
    StringBuilder text = new StringBuilder(FIRST_LINE);
    lengths.forEach((name, length) -> text.append(name).append(' ').append(length).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > BYTES) {
      throw new IllegalArgumentException("There are too many renditions");
    }
    return Arrays.copyOf(bytes, BYTES);
  }

  /** Reads one. */
  static RenditionIndex read(byte[] bytes, Instant modified) throws IOException {
    String text = new String(bytes, StandardCharsets.US_ASCII).stripTrailing().replace("\0", "");
    if (bytes.length != BYTES || !text.startsWith(FIRST_LINE)) {
      throw new IOException("The object has no renditions");
    }
    Map<String, Span> spans = new LinkedHashMap<>();
    long first = BYTES;
    for (String line : text.substring(FIRST_LINE.length()).lines().toList()) {
      String[] parts = line.split(" ", 2);
      long length = Long.parseLong(parts[1]);
      spans.put(parts[0], new Span(first, length));
      first += length;
    }
    return new RenditionIndex(Map.copyOf(spans), modified);
  }
}
