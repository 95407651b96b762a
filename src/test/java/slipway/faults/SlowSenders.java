package slipway.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** Many connections that each send the beginning of a body, and then next to nothing. */
final class SlowSenders implements AutoCloseable {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String PARTS = "Content-Type: multipart/form-data; boundary=b\r\n";
  private static final int BEGINNING = 20_000;

  /**
   * How a body is sent.
   *
   * @param head without the line that says how the body is framed
   * @param framing that line, and the end of the head
   * @param beginning sent in the same piece, where it must be
   * @param first sent next
   * @param drip sent again and again
   */
  record Kind(String head, String framing, String beginning, String first, String drip) {
    @Override
    public String toString() {
      return head.lines().findFirst().orElseThrow() + " " + beginning.strip();
    }
  }

  /** Where bodies may go to: methods, what refuses them, and what has no use for them. */
  private static final List<String> HEADS =
      List.of(
          "POST /api/echo HTTP/1.1\r\n" + FORM,
          "POST /api/photo/update-upload-token HTTP/1.1\r\n" + PARTS,
          "PUT /api/echo HTTP/1.1\r\n" + FORM,
          "POST /api/no/such HTTP/1.1\r\n" + FORM,
          "POST /api/photo/redeem-upload-token HTTP/1.1\r\n" + PARTS,
          "GET / HTTP/1.1\r\n" + FORM,
          "GET /try/callback HTTP/1.1\r\n" + FORM,
          "POST /assets/try.js HTTP/1.1\r\n" + FORM,
          "GET /assets/try.js HTTP/1.1\r\n" + FORM);

  /** Bytes of a body, and of chunks those that are none: an extension, and a trailer. */
  static final List<Kind> KINDS = kinds();

  /** Of those one for a method, what is not there, an upload, a page, an asset, and in chunks. */
  static final List<Kind> SOME = Stream.of(0, 3, 4, 5, 8, 9, 12).map(KINDS::get).toList();

  /** Requests that a container refuses by itself. */
  static final List<Kind> UNREACHED =
      List.of(
          new Kind("POST /%zz HTTP/1.1\r\n", "Content-Length: 1000000\r\n\r\n", "a", "", "a"),
          new Kind("POST /%zz HTTP/1.1\r\n", "Transfer-Encoding: chunked\r\n\r\n", "2;", "", "a"));

  private final Server server;
  private final Kind kind;
  private final List<RawConnection> connections = new ArrayList<>();
  private volatile boolean closed;
  private Thread thread;

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (String head : HEADS) {
      String framing = "Content-Length: 1000000\r\n\r\n";
      kinds.add(new Kind(head, framing, "", "x".repeat(BEGINNING), "xxx"));
    }
    String framing = "Transfer-Encoding: chunked\r\n\r\n";
    for (String head : List.of(HEADS.get(0), HEADS.get(4), HEADS.get(5))) {
      kinds.add(new Kind(head, framing, "2;", "", "a"));
    }
    kinds.add(new Kind(HEADS.get(0), framing, "3\r\na=b\r\n0\r\nc: ", "", "d"));
    return kinds;
  }

  SlowSenders(Server server, int count, Kind kind) throws IOException {
    this.server = server;
    this.kind = kind;
    for (int i = 0; i < count; i++) {
      connections.add(begin());
    }
  }

  private RawConnection begin() throws IOException {
    RawConnection connection = RawConnection.to(server);
    try {
      connection.send(kind.head() + "Host: a\r\n" + kind.framing() + kind.beginning());
      connection.send(kind.first());
    } catch (IOException e) {
      // It was thrown off already.
    }
    return connection;
  }

  /** Sends next to nothing on each connection, and starts over those that were cut. */
  void trickle() throws IOException {
    for (int i = 0; i < connections.size() && !closed; i++) {
      try {
        connections.get(i).send(kind.drip());
      } catch (IOException e) {
        connections.get(i).close();
        connections.set(i, begin());
      }
    }
  }

  /** Trickles once where that is cut, and on where it is no sign of a pace. */
  void press() throws IOException {
    if (kind.beginning().isEmpty()) {
      trickle();
    } else {
      goOn();
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
