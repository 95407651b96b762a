package slipway.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request or an answer, as it came.
 *
 * @param lines without the empty one at its end
 */
record HttpHead(List<String> lines) {
  private static final int BUFFER = 16 << 10;

  /** The next one; empty where the connection has ended. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int one = in.read(); one >= 0; one = in.read()) {
      bytes.write(one);
      String text = one == '\n' ? bytes.toString(StandardCharsets.ISO_8859_1) : "";
      if (text.endsWith("\r\n\r\n")) {
        return Optional.of(new HttpHead(text.lines().takeWhile(line -> !line.isEmpty()).toList()));
      }
    }
    return Optional.empty();
  }

  String first() {
    return lines.get(0);
  }

  Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /** Bytes of the body, where it is not in chunks. */
  long bytes() {
    return header("Content-Length").map(Long::parseLong).orElse(0L);
  }

  void write(OutputStream out) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n\r\n";
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Passes on what follows the head. */
  void copyBody(InputStream in, OutputStream out) throws IOException {
    if (header("Transfer-Encoding").isPresent()) {
      copyChunks(in, out);
    } else {
      copy(in, out, bytes());
    }
  }

  /** Passes on so many bytes. */
  static void copy(InputStream in, OutputStream out, long count) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = count;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("A body has ended early");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    int length;
    do {
      String line = line(in, out);
      length = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
      copy(in, out, length);
      line(in, out);
    } while (length > 0);
  }

  private static String line(InputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new EOFException("A body has ended early");
      }
      bytes.write(one);
    }
    bytes.write('\n');
    bytes.writeTo(out);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
