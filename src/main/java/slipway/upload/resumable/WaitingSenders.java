package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/** How many requests with chunks wait: each takes a thread of the container. */
final class WaitingSenders {
  private final int most;
  private final int mostOfAddress;

  @GuardedBy("this")
  private final Map<String, Integer> byAddress = new HashMap<>();

  @GuardedBy("this")
  private int count;

  /** So many at a time, and so many of an address. */
  WaitingSenders(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
  }

  /** Whether one more of that address may wait; {@link #end} is to follow then. */
  synchronized boolean begin(String address) {
    if (count >= most || byAddress.getOrDefault(address, 0) >= mostOfAddress) {
      return false;
    }
    count++;
    byAddress.merge(address, 1, Integer::sum);
    return true;
  }

  /** One of that address waits no longer. */
  synchronized void end(String address) {
    count--;
    byAddress.computeIfPresent(address, (key, of) -> of > 1 ? of - 1 : null);
  }
}
