package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network in front of a server that can be cut, as a phone's is: a port of 127.0.0.1 that passes
 * every connection on.
 */
public final class Gate implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Gate(int target) throws IOException {
    this.target = target;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("gate", this::accept);
  }

  /** A gate before a server. */
  public static Gate before(Server server) {
    try {
      return new Gate(server.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address of the server, through the gate. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** Lets connections through again after a {@link #cut}. */
  public void open() {
    cut = false;
  }

  /** Ends every connection, and every new one at once. */
  public void cut() {
    cut = true;
    open.forEach(Gate::end);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    cut();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        pass(socket.accept());
      } catch (IOException e) {
        // This connection is lost, or the gate is closed.
      }
    }
  }

  private void pass(Socket client) throws IOException {
    open.add(client);
    if (cut) {
      end(client);
      return;
    }
    Socket server = new Socket();
    open.add(server);
    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    start("gate-up", () -> copy(client, server));
    start("gate-down", () -> copy(server, client));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      end(from);
      end(to);
    }
  }

  private static void end(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is ended already.
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
