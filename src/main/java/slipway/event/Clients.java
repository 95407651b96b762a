package slipway.event;

import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client, which is made again after an Error: the connection that one ended in is never
 * given back, and the client has but so many. For many threads.
 */
final class Clients {
  private final Supplier<CloseableHttpClient> maker;
  private CloseableHttpClient current;

  /** The one before, on which other calls may still be under way. */
  private CloseableHttpClient retired;

  private boolean closed;

  Clients(Supplier<CloseableHttpClient> maker) {
    this.maker = maker;
    this.current = maker.get();
  }

  synchronized CloseableHttpClient current() {
    return current;
  }

  /** Puts another in the place of one that an Error has come through; its other calls continue. */
  synchronized void renew(CloseableHttpClient broken) {
    if (current == broken && !closed) {
      current = maker.get();
      end(retired);
      retired = broken;
    }
  }

  private static void end(CloseableHttpClient client) {
    if (client != null) {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  /** Cuts off the calls under way. */
  synchronized void close() {
    closed = true;
    end(retired);
    end(current);
  }
}
