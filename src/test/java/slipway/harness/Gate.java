package slipway.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A network in front of a server that can be cut, as a phone's is: a port of 127.0.0.1 that passes
 * every connection on.
 */
public final class Gate implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong stoodIn = new AtomicLong();
  private volatile Mark mark = new Mark(Long.MAX_VALUE, null);
  private final AtomicReference<String> lost = new AtomicReference<>();
  private volatile boolean cut;
  private volatile String standIn;

  /** What is done once so many bytes have been sent to the server. */
  private record Mark(long at, FutureTask<Void> task) {}

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

  /** Lets connections through again after a {@link #cut} or {@link #standIn}. */
  public void open() {
    cut = false;
    standIn = null;
  }

  /**
   * Ends every connection, and answers every new one itself, as a container does whose application
   * is deployed again.
   *
   * @param answer status line, headers and body
   */
  public void standIn(String answer) {
    standIn = answer;
    open.forEach(Gate::end);
  }

  /** Ends every connection, and every new one at once. */
  public void cut() {
    cut = true;
    open.forEach(Gate::end);
  }

  /**
   * Does something once so many more bytes have gone to the server, even in the middle of a
   * request.
   *
   * @return tells when it is done
   */
  public Future<Void> after(long bytes, Runnable act) {
    FutureTask<Void> task = new FutureTask<>(act, null);
    mark = new Mark(sent.get() + bytes, task);
    return task;
  }

  /** Ends the connection instead of passing on the next answer that begins like this, once. */
  public void lose(String beginning) {
    lost.set(beginning);
  }

  /** Whether that answer is lost by now. */
  public boolean hasLost() {
    return lost.get() == null;
  }

  private boolean isLost(byte[] bytes, int length) {
    String wanted = lost.get();
    return wanted != null
        && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).startsWith(wanted)
        && lost.compareAndSet(wanted, null);
  }

  /** Bytes that have gone to the server. */
  public long sent() {
    return sent.get();
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
    String instead = standIn;
    if (instead != null) {
      start("gate-stand-in", () -> answer(client, instead));
      return;
    }
    Socket server = new Socket();
    open.add(server);
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException e) {
      end(client);
      throw e;
    }
    start("gate-up", () -> copy(client, server, this::count, (bytes, length) -> false));
    start("gate-down", () -> copy(server, client, bytes -> {}, this::isLost));
  }

  /**
   * Reads on until the client has its answer, as it may not look for one before it has sent all.
   */
  private void answer(Socket client, String answer) {
    try (client) {
      if (client.getInputStream().read(new byte[16 * 1024]) < 0) {
        return;
      }
      stoodIn.incrementAndGet();
      client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      client.shutdownOutput();
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client is gone.
    }
  }

  /** How many requests were answered by {@link #standIn}. */
  public long stoodIn() {
    return stoodIn.get();
  }

  /** Looks at bytes before they are passed on. */
  @FunctionalInterface
  private interface Loss {
    boolean isOf(byte[] bytes, int length);
  }

  private static void copy(Socket from, Socket to, IntConsumer count, Loss loss) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (loss.isOf(buffer, read)) {
          throw new EOFException("This answer is lost");
        }
        out.write(buffer, 0, read);
        count.accept(read);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      end(from);
      end(to);
    }
  }

  private void count(int bytes) {
    Mark due = mark;
    if (sent.addAndGet(bytes) >= due.at()) {
      due.task().run();
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
