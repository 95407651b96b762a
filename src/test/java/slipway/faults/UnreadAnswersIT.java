package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** Clients that send requests and take nothing of their short answers, and pages for errors. */
@ParameterizedClass
@AnyContainer(Container.TOMCAT_11)
@Execution(ExecutionMode.CONCURRENT)
class UnreadAnswersIT {
  private static final int THREADS = 14;
  private static final int CLIENTS = 3 * THREADS;

  /** As many as Tomcat answers on one connection. */
  private static final int REQUESTS = 100;

  private static final String END = " HTTP/1.1\r\nHost: a.test\r\n\r\n";

  @Parameter Container container;

  /** With a window of a few hundred bytes, as many as a kernel has at least. */
  private static Socket asking(Server server, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.getOutputStream().write(("GET " + path + END).repeat(REQUESTS).getBytes(US_ASCII));
    return socket;
  }

  private static Answer get(Server server, String path) throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      return connection.send("GET " + path + END).answer().orElseThrow();
    }
  }

  /** The kernel is to take as little as it does on a line of little bandwidth. */
  @Test
  void takeNoThreadFromOthers() throws Exception {
    try (Server server =
        Server.on(container)
            .setting("slipway.rendition.threads", "0")
            .setting("slipway.limit.slow-readers-per-address", "2")
            .jvm(
                "-Dharness.idle-millis=120000",
                "-Dharness.threads=" + THREADS,
                "-Dharness.connector=socket.txBufSize=2048")
            .start()) {
      for (String path : List.of("/not/there", "/api/echo?a=" + "x".repeat(500), "/")) {
        List<Socket> clients = new ArrayList<>();
        try {
          for (int i = 0; i < CLIENTS; i++) {
            clients.add(asking(server, path));
          }
          Thread.sleep(1000);
          assertThat(get(server, "/health/live").status()).as(path).isEqualTo(200);
          assertThat(get(server, "/not/there").status()).as(path).isEqualTo(404);
        } finally {
          for (Socket client : clients) {
            client.close();
          }
        }
      }
    }
  }
}
