package slipway.bench;

import java.nio.charset.StandardCharsets;
import slipway.harness.Container;

/**
 * CPU time of a token's issue, against the durable floor, a map with Gson, and a servlet that does
 * nothing.
 */
final class IssueLoad {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = 60_000;
  private static final String[] OTHERS = {"FloorToken", "MapToken", "Constant"};

  private IssueLoad() {}

  static void run(Container container, int count, int rounds) throws Exception {
    try (Subject slipway = Subject.slipway(container, Bench.jvm("issue", "-Xmx2g"));
        Subject before = Subject.before(container, "-Xmx2g");
        Subject others = Subject.yardstick(container, "-Xmx2g")) {
      Turns turns = new Turns();
      add(turns, "Slipway", slipway, count);
      if (before != null) {
        add(turns, "before", before, count);
      }
      for (String other : OTHERS) {
        add(turns, other, others, form("/" + other, others.issueForm("json")), count);
      }
      turns.run(rounds, container + " token issue, CPU us", 1e3, OTHERS[0]);
    }
  }

  private static void add(Turns turns, String name, Subject slipway, int count) throws Exception {
    for (String format : new String[] {"json", "xml"}) {
      add(turns, name + " " + format, slipway, slipway.issue(format), count);
    }
  }

  private static void add(Turns turns, String name, Subject of, byte[] request, int count)
      throws Exception {
    Load.run(of.port(), CONNECTIONS, WARM_UP, c -> expectOk(c.exchange(request)));
    turns.add(
        name, () -> Load.cpuEach(of, CONNECTIONS, count, c -> expectOk(c.exchange(request))));
  }

  private static byte[] form(String path, String body) {
    return ("POST " + path + " HTTP/1.1\r\nHost: bench\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void expectOk(String answer) {
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException(answer);
    }
  }
}
