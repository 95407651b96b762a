package slipway.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a server on this machine, and is a network that fails as it is told. */
public final class Relay implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private volatile int target;
  private volatile boolean swallows;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile ServerSocket listening;
  private volatile Thread accepting;
  private final int port;

  /** To the server that listens on that port. */
  public Relay(int target) {
    this.target = target;
    this.port = listen(0);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  private int listen(int at) {
    try {
      listening = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerSocket socket = listening;
    accepting = start(() -> accept(socket));
    return socket.getLocalPort();
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        connect(socket.accept());
      }
    } catch (IOException e) {
      // It is to end.
    }
  }

  private void connect(Socket client) {
    try {
      Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
      links.add(link);
      start(() -> link.pass(link.client, link.server, false));
      start(() -> link.pass(link.server, link.client, true));
    } catch (IOException e) {
      // The server is gone, and so is the connection.
      close(client);
    }
  }

  /** Cuts every connection and takes no other, as where the server is gone. */
  public void cut() {
    close(listening);
    awaitEnd(accepting);
    links.forEach(Link::end);
    links.clear();
  }

  /** The port is free only once nobody accepts on it any more. */
  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections again, and cuts those that it swallowed from. */
  public void mend() {
    if (swallows) {
      cut();
      swallows = false;
    }
    listen(port);
  }

  /** Has the connections from now on lead to another server. */
  public void lead(int to) {
    target = to;
  }

  /**
   * Passes nothing on any more in either direction, and says so to nobody, until it is {@link
   * #mend}ed: as where a machine is gone with its network.
   */
  public void swallow() {
    swallows = true;
  }

  /** How often something was sent of which an answer has come since, or is awaited. */
  public int questions() {
    return questions.get();
  }

  /** Passes no answer on any more on the connections that there are; what is sent gets through. */
  public void loseAnswers() {
    links.forEach(link -> link.losesAnswers = true);
  }

  @Override
  public void close() {
    cut();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Link {
    final Socket client;
    final Socket server;
    volatile boolean losesAnswers;

    /** Whether the client was the last to send something. */
    final AtomicBoolean isAsked = new AtomicBoolean();

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pass(Socket from, Socket to, boolean areAnswers) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (isAsked.getAndSet(!areAnswers) == areAnswers && !areAnswers) {
            questions.incrementAndGet();
          }
          if (!swallows && (!areAnswers || !losesAnswers)) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // One side is gone, and so is the other.
      }
      if (!losesAnswers && !swallows) {
        end();
      }
    }

    void end() {
      close(client);
      close(server);
    }
  }
}
