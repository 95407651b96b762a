package slipway.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import slipway.harness.Container;

/**
 * CPU time of a file's download, whole and by ranges, beside the container's default servlet with
 * the same file. Both servers are up all the time and are asked in turns: others may use the
 * machine, which adds to the time on the clock, and hardly to a process's own.
 */
final class Downloads implements AutoCloseable {
  private static final int RANGE_BYTES = 4 << 20;
  private static final int READERS = 4;
  private static final int WARM_UP = 3_000;
  private static final int WARM_UP_BYTES = 256 << 10;

  private final Container container;
  private final long bytes;
  private final Subject slipway;
  private final Subject plain;
  private final String photo;

  private Downloads(Container container, long bytes) throws Exception {
    this.container = container;
    this.bytes = bytes;
    this.slipway = Subject.slipway(container, Bench.jvm("downloads"));
    String answer;
    try (Connection connection = new Connection(slipway.port())) {
      answer = Uploads.fresh(slipway, connection, bytes);
    }
    this.photo = path(answer);
    this.plain = Subject.plain(container, site());
  }

  static void run(Container container, long bytes, int rounds) throws Exception {
    try (Downloads downloads = new Downloads(container, bytes)) {
      downloads.measure(rounds);
    }
  }

  /** Where the original is of which an answer tells. */
  static String path(String answer) {
    return "/" + value(answer, "tree_id") + "/" + value(answer, "photo_id") + "/"
        + value(answer, "token") + "/original";
  }

  private static String value(String answer, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&\\s]+)").matcher(answer);
    if (!matcher.find()) {
      throw new IllegalStateException(answer);
    }
    return matcher.group(1);
  }

  /** A web application that is nothing but the file, as Slipway keeps it. */
  private Path site() throws IOException {
    Path site = Path.of(System.getProperty("project.build.directory"), "static-" + container);
    Files.createDirectories(site.resolve("WEB-INF"));
    Files.writeString(
        site.resolve("WEB-INF/web.xml"),
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"/>");
    Path file = site.resolve("big.jpg");
    Files.deleteIfExists(file);
    try (Stream<Path> kept = Files.walk(slipway.server().data().resolve("media"))) {
      Path original = kept.filter(each -> isOriginal(each)).findFirst().orElseThrow();
      Files.createLink(file, original);
    }
    return site;
  }

  private boolean isOriginal(Path file) {
    return Files.isRegularFile(file) && file.toFile().length() == bytes;
  }

  private void measure(int rounds) throws Exception {
    Subject[] subjects = {slipway, plain};
    String[] paths = {photo, "/big.jpg"};
    double[][] whole = new double[2][rounds];
    double[][] ranges = new double[2][rounds];
    for (int i = 0; i < 2; i++) {
      read(subjects[i], paths[i], WARM_UP, WARM_UP_BYTES);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 2; i++) {
        whole[i][round] = whole(subjects[i], paths[i], bytes);
        ranges[i][round] = ranges(subjects[i], paths[i]);
      }
    }
    Bench.say(
        "%s, CPU s/GB, medians of %d rounds in turns, %d readers of ranges of %d MiB:",
        container, rounds, READERS, RANGE_BYTES >> 20);
    String[] names = {"Slipway", "default servlet"};
    for (int i = 0; i < 2; i++) {
      Bench.say(
          "  %-16s full %.2f  ranges %.2f  resident at most %d MB   %s %s",
          names[i],
          median(whole[i]),
          median(ranges[i]),
          subjects[i].peak() / 1024,
          list(whole[i]),
          list(ranges[i]));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String list(double[] values) {
    StringBuilder list = new StringBuilder();
    for (double value : values) {
      list.append(String.format(Locale.ROOT, list.length() == 0 ? "(%.2f" : " %.2f", value));
    }
    return list.append(')').toString();
  }

  /** CPU time of the server, nanoseconds a byte. */
  static double whole(Subject subject, String path, long bytes) throws Exception {
    long before = subject.cpu();
    try (Reader reader = new Reader(subject.port())) {
      reader.get(path, "", bytes);
    }
    return (subject.cpu() - before) / (double) bytes;
  }

  private double ranges(Subject subject, String path) throws Exception {
    long before = subject.cpu();
    read(subject, path, (int) (bytes / RANGE_BYTES), RANGE_BYTES);
    return (subject.cpu() - before) / (double) (bytes / RANGE_BYTES * RANGE_BYTES);
  }

  /** So many ranges, one after another in the file, and over again. */
  private void read(Subject subject, String path, int count, int length) throws Exception {
    AtomicLong next = new AtomicLong();
    try (Load.Threads threads = new Load.Threads(READERS)) {
      for (int i = 0; i < READERS; i++) {
        threads.go(
            () -> {
              for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                long from = n * length % (bytes - length + 1);
                String range = "Range: bytes=" + from + "-" + (from + length - 1) + "\r\n";
                // Tomcat ends a connection after 100 requests: each has its own.
                try (Reader reader = new Reader(subject.port())) {
                  reader.get(path, range, length);
                }
              }
              return null;
            });
      }
    }
  }

  @Override
  public void close() {
    slipway.close();
    plain.close();
  }

  /** Reads a body and forgets it. */
  private static final class Reader implements AutoCloseable {
    private final Socket socket;
    private final byte[] buffer = new byte[256 * 1024];
    private long rest;

    Reader(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    void get(String path, String headers, long length) throws IOException {
      OutputStream out = socket.getOutputStream();
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: bench\r\n" + headers + "Connection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String head = head(in);
      long left = length - rest;
      while (left > 0) {
        int count = in.read(buffer);
        if (count < 0) {
          throw new EOFException(left + " bytes are missing after " + head);
        }
        left -= count;
      }
    }

    private String head(InputStream in) throws IOException {
      int filled = 0;
      while (true) {
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
          throw new EOFException();
        }
        filled += count;
        String all = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        if (end >= 0) {
          if (!all.startsWith("HTTP/1.1 20")) {
            throw new IllegalStateException(all.substring(0, end));
          }
          rest = filled - end - 4;
          return all.substring(0, end);
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
