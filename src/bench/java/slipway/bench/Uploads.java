package slipway.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import slipway.harness.Container;

/** CPU time of large and of small uploads, against other ways to put a form's file on the disk. */
final class Uploads {
  private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW1";
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String[] OTHERS = {"FloorUpload", "RawCopy", "DurableCopy", "GetPart", "DiskItem"};

  private Uploads() {}

  static void large(Container container, long bytes, int rounds) throws Exception {
    compare(container, "large", bytes, 1, 1, rounds, 1);
  }

  static void small(Container container, long bytes, int count, int rounds) throws Exception {
    compare(container, "small", bytes, count, 20_000, rounds, 32);
  }

  private static void compare(
      Container container,
      String name,
      long bytes,
      int count,
      int warmUp,
      int rounds,
      int connections)
      throws Exception {
    try (Subject slipway = Subject.slipway(container, Bench.jvm(name));
        Subject before = Subject.before(container);
        Subject others = Subject.yardstick(container)) {
      Turns turns = new Turns();
      add(turns, "Slipway", slipway, bytes, count, warmUp, connections);
      if (before != null) {
        add(turns, "before", before, bytes, count, warmUp, connections);
      }
      for (String other : OTHERS) {
        Load.Exchange one = c -> send(c, "/" + other, "x", bytes);
        Load.run(others.port(), connections, warmUp, one);
        turns.add(other, () -> Load.cpuEach(others, connections, count, one));
      }
      // Nanoseconds a byte are seconds a GB.
      boolean isOne = count == 1;
      String title = container + " " + name + " uploads, CPU " + (isOne ? "s/GB" : "us");
      turns.run(rounds, title, isOne ? bytes : 1e3, OTHERS[0]);
    }
  }

  private static void add(
      Turns turns,
      String name,
      Subject slipway,
      long bytes,
      int count,
      int warmUp,
      int connections)
      throws Exception {
    Queue<String> first = tokens(slipway, warmUp);
    Load.run(slipway.port(), connections, warmUp, c -> redeem(c, first.remove(), bytes));
    turns.add(
        name,
        () -> {
          Queue<String> tokens = tokens(slipway, count);
          return Load.cpuEach(
              slipway, connections, count, c -> redeem(c, tokens.remove(), bytes));
        });
  }

  /** Fresh tokens, each for one upload. */
  private static Queue<String> tokens(Subject slipway, int count) throws Exception {
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    Load.run(slipway.port(), 8, count, connection -> tokens.add(slipway.token(connection)));
    return tokens;
  }

  static void redeem(Connection connection, String token, long bytes) throws IOException {
    String answer = send(connection, REDEEM, token, bytes);
    if (!answer.contains("photo_id=")) {
      throw new IllegalStateException(answer);
    }
  }

  private static String send(Connection connection, String path, String token, long bytes)
      throws IOException {
    byte[] before =
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
                + token + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] after = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: multipart/form-data; boundary="
            + BOUNDARY + "\r\nContent-Length: " + (before.length + bytes + after.length)
            + "\r\n\r\n";
    OutputStream out = connection.out();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(before);
    Content.write(out, 0, bytes);
    out.write(after);
    return connection.answer();
  }

  static String fresh(Subject slipway, Connection connection, long bytes) throws IOException {
    return send(connection, REDEEM, slipway.token(connection), bytes);
  }
}
