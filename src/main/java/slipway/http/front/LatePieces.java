package slipway.http.front;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The rest of an answer, piece by piece. Where possible, a file goes from the disk to the container
 * in a buffer outside the heap, as each copy costs as much as sending.
 */
final class LatePieces implements AutoCloseable {
  /** How much is sent at a time. */
  static final int BYTES = 64 * 1024;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final CountedOutput out;
  private final Pieces pieces;
  private final InputStream rest;
  private final ReadableByteChannel file;

  /** The length of a piece on the heap. */
  private final int bytes;

  private ByteBuffer piece;

  /** The kept rest of that output. */
  LatePieces(CountedOutput out, Pieces pieces) {
    this.out = out;
    this.pieces = pieces;
    this.bytes = out.late().isShort() ? Math.max(1, out.late().held()) : BYTES;
    this.rest = out.late().isEmpty() ? InputStream.nullInputStream() : out.late().take();
    this.file = out.takesBuffers() && rest instanceof ReadableByteChannel channel ? channel : null;
    this.piece = file == null ? NONE : pieces.take();
  }

  /** Reads the next piece; -1 at the end. */
  int read() throws IOException {
    if (file != null) {
      int count = file.read(piece.clear());
      piece.flip();
      return count;
    }
    if (piece == NONE) {
      piece = ByteBuffer.allocate(bytes);
    }
    int count = rest.read(piece.array());
    piece.clear().limit(Math.max(0, count));
    return count;
  }

  /** Hands what was read to the container. */
  void hand() throws IOException {
    if (file == null) {
      out.write(piece.array(), 0, piece.limit());
    } else {
      out.hand(piece);
    }
  }

  /** To be called only once everything was sent, as the container may use the buffer until then. */
  void giveBack() {
    pieces.giveBack(piece);
    piece = NONE;
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
