package slipway.http.front;

import java.time.Duration;

/**
 * How slowly a body may come in.
 *
 * @param bytesPerSecond the least it must bring, over any stretch of {@code window}; 0 for any
 * @param window so much time of waiting for the sender is looked at, the latest
 */
public record Pace(long bytesPerSecond, Duration window) {
  /** Looks at a body from its beginning. */
  Watch watch() {
    return new Watch(this);
  }

  /** The least bytes of a whole window. */
  private double least() {
    return bytesPerSecond * (window.toNanos() / 1e9);
  }

  /**
   * Looks at one body. What came before the window no longer counts, so that bytes which came early
   * buy no later slowness. The window moves by tenths of its length.
   */
  static final class Watch {
    private static final int PARTS = 10;

    private final Pace pace;
    private final long partNanos;
    private final long[] bytes = new long[PARTS + 1];
    private long waited;
    private long sum;
    private long part;

    private Watch(Pace pace) {
      this.pace = pace;
      this.partNanos = Math.max(1, pace.window.toNanos() / PARTS);
    }

    /** Reports bytes that were waited for; whether they came too slowly. */
    boolean isTooSlow(long came, long nanos) {
      waited += nanos;
      moveTo(waited / partNanos);
      bytes[(int) (part % bytes.length)] += came;
      sum += came;
      return part >= PARTS && sum < pace.least();
    }

    private void moveTo(long now) {
      for (long steps = Math.min(bytes.length, now - part); steps > 0; steps--) {
        int next = (int) ((now - steps + 1) % bytes.length);
        sum -= bytes[next];
        bytes[next] = 0;
      }
      part = now;
    }
  }
}
