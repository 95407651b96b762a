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
class UnreadAnswersIT {
  private static final int CLIENTS =
      AnyContainer.ALL ? 3 * SlowClients.FEW_THREADS : SlowClients.FEW_THREADS + 6;

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

  /** Jetty still writes pages for errors with a thread, however many wait. */
  private List<String> paths() {
    String echo = "/api/echo?a=" + "x".repeat(500);
    return container == Container.JETTY_12 ? List.of(echo, "/") : List.of("/not/there", echo, "/");
  }

  /** The kernel is to take as little as it does on a line of little bandwidth. */
  @Test
  void takeNoThreadFromOthers() throws Exception {
    Server server = SlowClients.hasty(container);
    for (String path : paths()) {
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
