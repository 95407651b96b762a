package slipway.http.front;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The buffers outside the heap that files are sent from. Some are kept for reuse, as making one
 * costs more than sending a small picture. For many threads.
 */
final class Pieces {
  /** As many as answers are sent at the same time to readers who are not slow. */
  private static final int MOST_KEPT = 64;

  private final BlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(MOST_KEPT);
  private final int bytes;

  /** Buffers of that size. */
  Pieces(int bytes) {
    this.bytes = bytes;
  }

  /** An empty buffer; one of the heap where the JVM has no more memory outside it. */
  ByteBuffer take() {
    ByteBuffer piece = kept.poll();
    if (piece != null) {
      return piece.clear();
    }
    try {
      return ByteBuffer.allocateDirect(bytes);
    } catch (OutOfMemoryError e) {
      return ByteBuffer.allocate(bytes);
    }
  }

  /** Gives back a buffer that nobody else uses: no container has still to send it. */
  void giveBack(ByteBuffer piece) {
    if (piece.isDirect()) {
      kept.offer(piece);
    }
  }
}
