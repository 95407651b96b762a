package slipway.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A site's server that sends the beginning of an answer, and then one byte after the other. */
public final class TricklingReceiver implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;
  private static final long LIMIT_SECONDS = 60;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch cut = new CountDownLatch(1);
  private final byte[] beginning;

  /** With that beginning of every answer. */
  public TricklingReceiver(String beginning) throws IOException {
    this.beginning = beginning.getBytes(US_ASCII);
    new Thread(this::accept, "trickling").start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        trickle(socket);
      } catch (IOException e) {
        // The server is closed.
      }
    }
  }

  private void trickle(Socket socket) {
    try {
      socket.getOutputStream().write(beginning);
      while (!server.isClosed()) {
        socket.getOutputStream().write('a');
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      cut.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An address on it. */
  public String url(String host) {
    return "http://" + host + ":" + server.getLocalPort() + "/";
  }

  /** Waits until a caller has cut off its answer. */
  public void awaitCut() throws InterruptedException {
    if (!cut.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Nobody cut off the answer within " + LIMIT_SECONDS + " seconds");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
