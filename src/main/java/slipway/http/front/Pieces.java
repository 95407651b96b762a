package slipway.http.front;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The buffers outside the heap that files are sent from. As making one costs more than sending a
 * small picture does, some are kept. For many threads.
 */
final class Pieces {
  /** As many answers as are sent at the same time by readers who are not slow. */
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

  /** Gives one back that nobody else has: no container is still to send it. */
  void giveBack(ByteBuffer piece) {
    if (piece.isDirect()) {
      kept.offer(piece);
    }
  }
}
