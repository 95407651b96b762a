package slipway.http;

import java.io.ByteArrayInputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import slipway.http.limit.RequestMemory.Lease;
import slipway.net.LateOutput;

/** A reply's bytes, held once and in pieces, as their number is sent before them. */
final class ReplyBody extends OutputStream {
  /** Most replies are of one object. */
  private static final int FIRST_PIECE = 1024;

  private static final int PIECE = 16 * 1024;

  /** Replies up to this size are not counted, as an action that was done must be answered. */
  private static final int FREE_BYTES = 64 * 1024;

  /** Bytes of the longest reply. */
  private static final int MOST = 8 << 20;

  private final List<byte[]> pieces = new ArrayList<>();
  private final Lease memory;
  private byte[] last = new byte[0];
  private int used;
  private int size;

  /** A body that uses a request's memory when it is long; null for one that does not. */
  ReplyBody(Lease memory) {
    this.memory = memory;
  }

  /** Writes a text. */
  @FunctionalInterface
  interface Text {
    void writeTo(Writer out) throws IOException;
  }

  /** Adds a text in UTF-8. */
  void add(Text text) throws IOException {
    try (Writer out = new Utf8Writer(this)) {
      text.writeTo(out);
    }
  }

  int size() {
    return size;
  }

  void sendTo(OutputStream out) throws IOException {
    if (size > LateOutput.AT_ONCE_BYTES && out instanceof LateOutput late) {
      late.later(stream(), Optional.empty(), false);
      return;
    }
    for (byte[] piece : pieces) {
      out.write(piece, 0, piece == last ? used : piece.length);
    }
  }

  private InputStream stream() {
    List<InputStream> streams = new ArrayList<>();
    for (byte[] piece : pieces) {
      streams.add(new ByteArrayInputStream(piece, 0, piece == last ? used : piece.length));
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == last.length) {
        addPiece();
      }
      int count = Math.min(left, last.length - used);
      System.arraycopy(bytes, from, last, used, count);
      used += count;
      size += count;
      from += count;
      left -= count;
    }
  }

  /** The reply would be longer than replies are. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("The reply would have more than " + MOST + " bytes.");
    }
  }

  private void addPiece() {
    if (memory != null && size >= MOST) {
      throw new TooLongException();
    }
    if (memory != null && size >= FREE_BYTES) {
      memory.take(PIECE);
    }
    last = new byte[size == 0 ? FIRST_PIECE : size < PIECE ? 4 * FIRST_PIECE : PIECE];
    used = 0;
    pieces.add(last);
  }

  /** Replaces a character wherever it occurs. */
  static final class Replacing extends FilterWriter {
    private final char what;
    private final String by;

    Replacing(Writer out, char what, String by) {
      super(out);
      this.what = what;
      this.by = by;
    }

    @Override
    public void write(int c) throws IOException {
      if (c == what) {
        out.write(by);
      } else {
        out.write(c);
      }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      int from = offset;
      int end = offset + length;
      for (int at = text.indexOf(what, from); at >= 0 && at < end; at = text.indexOf(what, from)) {
        out.write(text, from, at - from);
        out.write(by);
        from = at + 1;
      }
      out.write(text, from, end - from);
    }
  }
}
