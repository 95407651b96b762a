package slipway.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random multipart body, made of what makes boundaries hard to find: pieces of the boundary, line
 * ends and dashes, cut anywhere.
 */
final class RandomBody {
  /** A part as it was written. */
  record Written(String name, String filename, String body) {}

  private final Random random;
  private final String boundary;
  private final List<Written> parts = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  RandomBody(Random random) {
    this.random = random;
    this.boundary = boundary();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Written part = new Written("n" + i, random.nextBoolean() ? "f" + i : null, content());
      parts.add(part);
      write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + '"');
      write(part.filename == null ? "" : "; filename=\"" + part.filename + '"');
      write("\r\n\r\n");
      starts.add(bytes.size());
      write(part.body + "\r\n");
    }
    write("--" + boundary + "--\r\n");
  }

  private String boundary() {
    String letters = "-aB".substring(0, 1 + random.nextInt(3));
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 69 : 6);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** Content without the delimiter, not even one that the CRLF before or after it would make. */
  private String content() {
    String delimiter = "\r\n--" + boundary;
    String content;
    do {
      content = pieces(delimiter);
    } while (("\r\n" + content + "\r\n--").indexOf(delimiter) >= 0);
    return content;
  }

  private String pieces(String delimiter) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(random.nextInt(20) == 0 ? 3000 : 12);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append(delimiter, 0, random.nextInt(delimiter.length()));
        case 1 -> text.append(delimiter.substring(1 + random.nextInt(delimiter.length() - 1)));
        case 2 -> text.append('\r');
        case 3 -> text.append((char) random.nextInt(256));
        default -> text.append("--");
      }
    }
    return text.toString();
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(ISO_8859_1));
  }

  List<Written> parts() {
    return parts;
  }

  /** The body, arriving in pieces of random sizes. */
  BodyRequest request(byte[] body) {
    int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 20_000);
    return new BodyRequest(
        "multipart/form-data; boundary=\"" + boundary + '"',
        new SplitStream(body, () -> 1 + random.nextInt(most)));
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** The body with one byte of a part's content or of the delimiter after it changed. */
  byte[] damaged() {
    byte[] whole = bytes();
    int part = random.nextInt(parts.size());
    int length = parts.get(part).body.length() + boundary.length() + 4;
    int at = starts.get(part) + random.nextInt(length);
    int removed = random.nextInt(2);
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(whole, 0, at);
    if (random.nextBoolean()) {
      damaged.write("\r\n-\"; aB\0".charAt(random.nextInt(9)));
    }
    damaged.write(whole, at + removed, whole.length - at - removed);
    return damaged.toByteArray();
  }

  /** Whether the CRLF of a part's empty line is a delimiter's, too, which Commons does not see. */
  boolean hasDelimiterAfterHeaders(byte[] body) {
    return new String(body, ISO_8859_1).contains("\r\n\r\n--" + boundary);
  }
}
