package slipway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes text in UTF-8, some at a time: JSON comes in very small pieces, each of which costs the
 * JDK's own writer more than its bytes do. For one thread.
 */
final class Utf8Writer extends Writer {
  private static final int CHARS = 1024;

  private final OutputStream out;
  private final char[] text = new char[CHARS];
  private int used;

  /** A writer to that stream, which stays open. */
  Utf8Writer(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int c) throws IOException {
    if (used == CHARS) {
      writeOut();
    }
    text[used++] = (char) c;
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int some = room(end - from);
      System.arraycopy(chars, from, text, used, some);
      used += some;
      from += some;
    }
  }

  @Override
  public void write(String string, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int some = room(end - from);
      string.getChars(from, from + some, text, used);
      used += some;
      from += some;
    }
  }

  private int room(int wanted) throws IOException {
    if (used == CHARS) {
      writeOut();
    }
    return Math.min(wanted, CHARS - used);
  }

  /** The first half of a character that takes two waits for the other. */
  private void writeOut() throws IOException {
    boolean isHalf = used > 0 && Character.isHighSurrogate(text[used - 1]);
    int whole = isHalf ? used - 1 : used;
    out.write(new String(text, 0, whole).getBytes(StandardCharsets.UTF_8));
    text[0] = text[Math.max(0, used - 1)];
    used -= whole;
  }

  @Override
  public void flush() {
    // Everything is written at the end.
  }

  @Override
  public void close() throws IOException {
    out.write(new String(text, 0, used).getBytes(StandardCharsets.UTF_8));
    used = 0;
  }
}
