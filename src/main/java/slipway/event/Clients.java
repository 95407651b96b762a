package slipway.event;

import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client, which is made anew after an Error: the connection that one ended in is never
 * given back, and the client has but so many. For many threads.
 */
final class Clients {
  private final Supplier<CloseableHttpClient> maker;
  private CloseableHttpClient current;
  private boolean closed;

  Clients(Supplier<CloseableHttpClient> maker) {
    this.maker = maker;
    this.current = maker.get();
  }

  synchronized CloseableHttpClient current() {
    return current;
  }

  /**
   * Puts another in the place of one that an Error has come through; calls it makes are cut off.
   */
  synchronized void renew(CloseableHttpClient broken) {
    if (current == broken && !closed) {
      current = maker.get();
      broken.close(CloseMode.IMMEDIATE);
    }
  }

  /** Cuts off the calls under way. */
  synchronized void close() {
    closed = true;
    current.close(CloseMode.IMMEDIATE);
  }
}
