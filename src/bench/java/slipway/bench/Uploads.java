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
  private static final String[] OTHERS = {"RawCopy", "DurableCopy", "GetPart", "DiskItem"};

  private Uploads() {}

  static void large(Container container, long bytes, int rounds) throws Exception {
    compare(container, "large", bytes, 1, 1, rounds, 1);
  }

  static void small(Container container, long bytes, int count, int rounds) throws Exception {
    compare(container, "small", bytes, count, 20_000, rounds, 8);
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
        Subject others = Subject.yardstick(container)) {
      Queue<String> tokens = tokens(slipway, warmUp);
      Load.run(slipway.port(), connections, warmUp, c -> redeem(c, tokens.remove(), bytes));
      for (String other : OTHERS) {
        Load.run(others.port(), connections, warmUp, c -> send(c, "/" + other, "x", bytes));
      }
      // Nanoseconds a byte are seconds a GB.
      double scale = count == 1 ? bytes : 1e6;
      for (int round = 1; round <= rounds; round++) {
        StringBuilder line = new StringBuilder();
        tokens.addAll(tokens(slipway, count));
        double own =
            Load.cpuEach(slipway, connections, count, c -> redeem(c, tokens.remove(), bytes));
        line.append(String.format("Slipway %.2f", own / scale));
        for (String other : OTHERS) {
          double cpu =
              Load.cpuEach(others, connections, count, c -> send(c, "/" + other, "x", bytes));
          line.append(String.format(", %s %.2f", other, cpu / scale));
        }
        Bench.say("%s %s uploads, CPU %s: %s", container, name, count == 1 ? "s/GB" : "ms", line);
      }
    }
  }

  /** Fresh tokens, each for one upload. */
  private static Queue<String> tokens(Subject slipway, int count) throws Exception {
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    Load.run(slipway.port(), 8, count, connection -> tokens.add(slipway.token(connection)));
    return tokens;
  }

  private static void redeem(Connection connection, String token, long bytes) throws IOException {
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
