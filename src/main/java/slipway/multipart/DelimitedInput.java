package slipway.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A multipart body read through one buffer, as alternating structure (boundary lines and headers,
 * taken byte by byte) and bodies (taken in slices that end where the next delimiter begins).
 *
 * <p>The buffer starts small and grows only while the sender fills it: a slow upload holds little
 * memory, a fast one moves in large pieces.
 */
final class DelimitedInput {
  private static final int SMALLEST = 8 * 1024;
  private static final int LARGEST = 64 * 1024;

  /** Room kept before the bytes read, for the CRLF that {@link #openBody} puts back. */
  private static final int CRLF = 2;

  private final InputStream source;
  private final Delimiter delimiter;
  private byte[] buffer = new byte[SMALLEST];

  /** The bytes read and not yet taken are {@code buffer[head, tail)}. */
  private int head = CRLF;

  private int tail = CRLF;

  /** Within a body: {@code buffer[head, bodyEnd)} is known to be of it. */
  private int bodyEnd = CRLF;

  /** Whether the delimiter stands at {@code bodyEnd}. */
  private boolean delimited;

  /**
   * Whether the CRLF pushed back belongs to the delimiter or to the body is not known yet; more
   * bytes will tell.
   */
  private boolean opening;

  private boolean filled;

  /** Whether the last read brought much: the next will not have to wait long. */
  private boolean flowing;

  DelimitedInput(InputStream source, Delimiter delimiter) {
    this.source = source;
    this.delimiter = delimiter;
  }

  /** The next byte of the structure. */
  byte readByte() throws IOException {
    if (head == tail) {
      fill();
    }
    return buffer[head++];
  }

  /**
   * Begins a body. The CRLF before it, of a part's empty line or of a line imagined before the
   * preamble, may be the delimiter's own (RFC 2046 §5.1.1), so it is searched too. Reads nothing: a
   * part is known before a byte of its body has arrived.
   */
  void openBody() {
    head -= CRLF;
    bodyEnd = head;
    buffer[head] = '\r';
    buffer[head + 1] = '\n';
    opening = true;
    findBodyEnd();
  }

  /** Skips what is left of a body and the delimiter after it. */
  void closeBody() throws IOException {
    skipBody(Long.MAX_VALUE);
  }

  /**
   * Skips what is left of a body of at most so many bytes, and the delimiter after it.
   *
   * @return false when it is longer
   */
  boolean skipBody(long most) throws IOException {
    for (long left = most; hasBody(); head = bodyEnd) {
      left -= bodyEnd - head;
      if (left < 0) {
        return false;
      }
    }
    head += delimiter.length();
    return true;
  }

  /**
   * Reads what follows the last delimiter, to the end of the source, which may tell only there that
   * it was cut.
   *
   * @return false when that is more than so many bytes
   */
  boolean skipEpilogue(long most) throws IOException {
    for (long left = most - (tail - head); left >= 0; ) {
      int count = source.read(buffer, 0, buffer.length);
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    return false;
  }

  /** Takes up to {@code length} bytes of a body: their count, or -1 at its end. */
  int readBody(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasBody()) {
      return -1;
    }
    int count = Math.min(length, bodyEnd - head);
    System.arraycopy(buffer, head, target, offset, count);
    head += count;
    return count;
  }

  /** Writes what is left of a body to a blocking channel, out of the buffer itself. */
  long copyBody(WritableByteChannel target) throws IOException {
    long count = 0;
    while (hasBody()) {
      gather();
      ByteBuffer slice = ByteBuffer.wrap(buffer, head, bodyEnd - head);
      count += slice.remaining();
      while (slice.hasRemaining()) {
        target.write(slice);
      }
      head = bodyEnd;
    }
    return count;
  }

  /** How many bytes of a body can be taken without reading the source. */
  int available() {
    return bodyEnd - head;
  }

  private boolean hasBody() throws IOException {
    while (head == bodyEnd && !delimited) {
      fill();
      findBodyEnd();
    }
    return head < bodyEnd;
  }

  /** Lets a fast sender's bytes of a body grow to a large piece, which costs less to write. */
  private void gather() throws IOException {
    while (!delimited && flowing && tail < buffer.length && read()) {
      findBodyEnd();
    }
  }

  private void findBodyEnd() {
    int found = delimiter.find(buffer, bodyEnd, tail);
    delimited = found >= 0;
    bodyEnd = delimited ? found : delimiter.findBeginning(buffer, bodyEnd, tail);
    if (opening && (delimited || head < bodyEnd)) {
      head += head < bodyEnd ? CRLF : 0;
      opening = false;
    }
  }

  /** Reads once, after moving what is not yet taken to the front. */
  private void fill() throws IOException {
    int kept = tail - head;
    byte[] target = filled && buffer.length < LARGEST ? new byte[LARGEST] : buffer;
    System.arraycopy(buffer, head, target, CRLF, kept);
    buffer = target;
    head = CRLF;
    tail = CRLF + kept;
    bodyEnd = CRLF;
    if (!read()) {
      throw MultipartException.malformed(
          "The body ends before its final boundary: the upload was cut short,"
              + " or the boundary is not the one its Content-Type names.");
    }
  }

  private boolean read() throws IOException {
    int count = source.read(buffer, tail, buffer.length - tail);
    tail += Math.max(0, count);
    filled = tail == buffer.length;
    flowing = filled || count >= SMALLEST;
    return count >= 0;
  }
}
