package slipway.http.front;

import java.time.Duration;

/**
 * How slowly a body may come in.
 *
 * @param bytesPerSecond the least it must bring, on average over the time waited for it; 0 for any
 * @param grace how long it may take before that counts
 */
public record Pace(long bytesPerSecond, Duration grace) {
  /** Whether so many bytes in that time are too few. */
  boolean isTooSlow(long bytes, long nanos) {
    return nanos > grace.toNanos() && bytes < bytesPerSecond * (nanos / 1e9);
  }
}
