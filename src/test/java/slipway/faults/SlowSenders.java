package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** Many connections that each send the beginning of a body, and then next to nothing. */
final class SlowSenders implements AutoCloseable {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

  /** Where bodies may go to: methods, what refuses them, and what has no use for them. */
  static final List<String> KINDS =
      List.of(
          "POST /api/echo HTTP/1.1\r\n" + FORM,
          "POST /api/photo/update-upload-token HTTP/1.1\r\n"
              + "Content-Type: multipart/form-data; boundary=b\r\n",
          "PUT /api/echo HTTP/1.1\r\n" + FORM,
          "POST /api/no/such HTTP/1.1\r\n" + FORM,
          "POST /api/photo/redeem-upload-token HTTP/1.1\r\n"
              + "Content-Type: multipart/form-data; boundary=b\r\n",
          "GET / HTTP/1.1\r\n" + FORM,
          "GET /try/callback HTTP/1.1\r\n" + FORM,
          "POST /assets/try.js HTTP/1.1\r\n" + FORM,
          "GET /assets/try.js HTTP/1.1\r\n" + FORM);

  private static final int BEGINNING = 20_000;

  private final Server server;
  private final String head;
  private final List<RawConnection> connections = new ArrayList<>();
  private volatile boolean closed;
  private Thread thread;

  SlowSenders(Server server, int count, String head) throws IOException {
    this.server = server;
    this.head = head + "Host: a\r\nContent-Length: 1000000\r\n\r\n";
    for (int i = 0; i < count; i++) {
      connections.add(begin());
    }
  }

  private RawConnection begin() throws IOException {
    RawConnection connection = RawConnection.to(server);
    try {
      connection.send(head);
      connection.send("x".repeat(BEGINNING).getBytes(US_ASCII));
    } catch (IOException e) {
      // It was thrown off already.
    }
    return connection;
  }

  /** Sends three bytes on each connection, and begins anew those that were cut. */
  void trickle() throws IOException {
    for (int i = 0; i < connections.size() && !closed; i++) {
      try {
        connections.get(i).send("xxx");
      } catch (IOException e) {
        connections.get(i).close();
        connections.set(i, begin());
      }
    }
  }

  /** Trickles on, until it is closed. */
  void goOn() {
    thread =
        new Thread(
            () -> {
              try {
                while (!closed) {
                  trickle();
                  Thread.sleep(500);
                }
              } catch (IOException | InterruptedException e) {
                // The attack is over.
              }
            });
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    for (RawConnection connection : connections) {
      connection.close();
    }
  }
}
