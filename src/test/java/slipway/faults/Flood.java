package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One request, sent over and over on many connections at once, as fast as it goes. It runs in a
 * process of its own, which takes what others leave of the processors: in truth it is elsewhere.
 */
final class Flood implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;

  private final Process process;

  private Flood(Process process) {
    this.process = process;
  }

  /** Begins one: the bytes of the request, with {@code Connection: close}. */
  static Flood of(int port, int atATime, byte[] request) throws IOException {
    Path file = Files.createTempFile("flood", null);
    Files.write(file, request);
    Path classes;
    try {
      classes = Path.of(Flood.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    List<String> command =
        List.of(
            "nice",
            "-n",
            "19",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classes.toString(),
            Flood.class.getName(),
            Integer.toString(port),
            Integer.toString(atATime),
            file.toString());
    Flood flood = new Flood(new ProcessBuilder(command).redirectErrorStream(true).start());
    if (flood.process.getInputStream().read() != '.') {
      throw new IOException("The flood did not begin");
    }
    return flood;
  }

  /** Ends it, and tells how many requests were sent. */
  int end() throws IOException {
    process.getOutputStream().close();
    return Integer.parseInt(new String(process.getInputStream().readAllBytes(), US_ASCII).strip());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Arguments: port, connections at a time, file of the request. It ends with its input. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Path file = Path.of(args[2]);
    byte[] request = Files.readAllBytes(file);
    Files.delete(file);
    AtomicInteger sent = new AtomicInteger();
    List<Thread> attackers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Thread attacker = new Thread(() -> attack(port, request, sent));
      attacker.setDaemon(true);
      attackers.add(attacker);
    }
    attackers.forEach(Thread::start);
    System.out.print(".");
    System.out.flush();
    while (System.in.read() >= 0) {
      // Continues.
    }
    System.out.println(sent.get());
  }

  private static void attack(int port, byte[] request, AtomicInteger sent) {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.getOutputStream().write(request);
        drain(socket.getInputStream());
      } catch (IOException e) {
        // Cut off, as it may be.
      }
      sent.incrementAndGet();
    }
  }

  private static void drain(InputStream answer) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    while (answer.read(buffer) >= 0) {
      // It is of no interest.
    }
  }
}
