package slipway.bench;

import java.nio.charset.StandardCharsets;
import slipway.harness.Container;

/** CPU time of a token's issue, against a servlet that answers as many bytes and does nothing. */
final class IssueLoad {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = 60_000;

  private IssueLoad() {}

  static void run(Container container, int count) throws Exception {
    try (Subject slipway = Subject.slipway(container, Bench.jvm("issue", "-Xmx2g"));
        Subject constant = Subject.yardstick(container)) {
      byte[] other =
          ("POST /Constant HTTP/1.1\r\nHost: bench\r\nContent-Length: "
                  + 150
                  + "\r\n\r\n"
                  + "x".repeat(150))
              .getBytes(StandardCharsets.US_ASCII);
      byte[] json = slipway.issue("json");
      byte[] xml = slipway.issue("xml");
      Load.run(slipway.port(), CONNECTIONS, WARM_UP, c -> expectOk(c.exchange(json)));
      Load.run(slipway.port(), CONNECTIONS, WARM_UP, c -> expectOk(c.exchange(xml)));
      Load.run(constant.port(), CONNECTIONS, WARM_UP, c -> c.exchange(other));
      for (int round = 1; round <= 2; round++) {
        double j = Load.cpuEach(slipway, CONNECTIONS, count, c -> expectOk(c.exchange(json)));
        double x = Load.cpuEach(slipway, CONNECTIONS, count, c -> expectOk(c.exchange(xml)));
        double k = Load.cpuEach(constant, CONNECTIONS, count, c -> c.exchange(other));
        Bench.say(
            "%s token issue, CPU us each: JSON %.1f, XML %.1f, constant servlet %.1f"
                + " (requests per CPU second: %.2f and %.2f of its)",
            container, j / 1e3, x / 1e3, k / 1e3, k / j, k / x);
      }
    }
  }

  private static void expectOk(String answer) {
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException(answer);
    }
  }
}
