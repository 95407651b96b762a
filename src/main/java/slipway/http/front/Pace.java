package slipway.http.front;

import java.time.Duration;

/**
 * How slowly a body may come in.
 *
 * @param bytesPerSecond the least it must bring, over any period of {@code window}; 0 for no limit
 * @param window how much of the latest time spent waiting for the sender counts
 */
public record Pace(long bytesPerSecond, Duration window) {
  /** Starts to measure a body. */
  Watch watch() {
    return new Watch(this);
  }

  /** The least bytes of a whole window. */
  private double least() {
    return bytesPerSecond * (window.toNanos() / 1e9);
  }

  /**
   * Measures one body. What came before the window no longer counts, so that an early rush does not
   * pay for later slowness. The window moves by tenths of its length.
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

    /** Reports bytes that were waited for; returns whether they came too slowly. */
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
