package slipway.event;

import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client, which is replaced after an Error: the connection in which the Error occurred is
 * never returned, and the client has a limited number. For many threads.
 */
final class Clients {
  private final Supplier<CloseableHttpClient> maker;
  private CloseableHttpClient current;

  /** The previous one, which other calls may still use. */
  private CloseableHttpClient retired;

  private boolean closed;

  Clients(Supplier<CloseableHttpClient> maker) {
    this.maker = maker;
    this.current = maker.get();
  }

  synchronized CloseableHttpClient current() {
    return current;
  }

  /** Replaces a client in which an Error occurred; its other calls continue. */
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

  /** Aborts the calls in progress. */
  synchronized void close() {
    closed = true;
    end(retired);
    end(current);
  }
}
