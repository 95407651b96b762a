package slipway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import slipway.harness.Container;
import slipway.harness.Server;

/** A server that is measured. */
final class Subject implements AutoCloseable {
  private final Server server;
  private final boolean isRecorded;

  private Subject(Server server, boolean isRecorded) {
    this.server = server;
    this.isRecorded = isRecorded;
  }

  /** A server that refuses nobody. */
  static Subject withoutLimits(Server.Builder builder) {
    return withoutLimits(builder, false);
  }

  private static Subject withoutLimits(Server.Builder builder, boolean isRecorded) {
    return new Subject(
        builder
            .setting("slipway.limit.credential-per-minute", "0")
            .setting("slipway.limit.uploads-per-address", "0")
            .setting("slipway.rendition.threads", "0") // as what it is compared with makes none
            .setting("slipway.upload.max-bytes", Long.toString(1L << 40))
            .setting("harness.virtual-threads", Boolean.toString(Runtime.version().feature() >= 21))
            .start(),
        isRecorded);
  }

  /** A server that is started as it is. */
  static Subject of(Server.Builder builder) {
    return new Subject(builder.start(), false);
  }

  /** Slipway itself. */
  static Subject slipway(Container container, String... jvm) {
    boolean isRecorded = Stream.of(jvm).anyMatch(option -> option.startsWith(Bench.RECORDING));
    return withoutLimits(Server.on(container).measured().jvm(jvm), isRecorded);
  }

  /** Another build of Slipway, which {@code -Dbench.before=<WAR>} names; null for none. */
  static Subject before(Container container, String... jvm) {
    String war = System.getProperty("bench.before");
    return war == null
        ? null
        : withoutLimits(Server.on(container).measured().jvm(jvm).war(Path.of(war)));
  }

  /** What Slipway is compared with. */
  static Subject yardstick(Container container, String... jvm) throws IOException {
    return withoutLimits(Server.on(container).measured().jvm(jvm).war(Yardsticks.war()));
  }

  /** The container with that folder as its web application. */
  static Subject plain(Container container, Path folder) {
    return withoutLimits(Server.on(container).measured().war(folder));
  }

  int port() {
    return server.port();
  }

  Server server() {
    return server;
  }

  /**
   * CPU time of the process so far in nanoseconds, to a hundredth of a second, less that of the JIT
   * compiler: how warm a server is must not count.
   */
  long cpu() throws IOException {
    return cpu(server.pid());
  }

  /** The same of any JVM. */
  static long cpu(long pid) throws IOException {
    Duration all = ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
    return all.toNanos() - compilers(pid);
  }

  private static long compilers(long pid) throws IOException {
    long ticks = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        int named = stat.indexOf(") ");
        if (stat.substring(0, named).contains(" CompilerThre")) {
          String[] fields = stat.substring(named + 2).split(" ", -1);
          ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      }
    } catch (NoSuchFileException e) {
      // A thread that ended is no compiler's.
      return compilers(pid);
    }
    return ticks * 10_000_000;
  }

  /** Resident memory in KiB. */
  long memory() throws IOException {
    return status("VmRSS:");
  }

  /** The most resident memory in KiB since {@link #forgetPeak}. */
  long peak() throws IOException {
    return status("VmHWM:");
  }

  void forgetPeak() throws IOException {
    Files.writeString(Path.of("/proc/" + server.pid() + "/clear_refs"), "5");
  }

  private long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  String issueForm(String format) {
    return "format=" + format + "&return_url=http%3A%2F%2Fwww.example.com%2Fback%3Ftheme%3Dgreen"
        + "&title=A+day+at+the+harbour&tags=summer+%22New+York%22&max_uploads=10";
  }

  byte[] issue(String format) {
    return post("/api/photo/get-upload-token", issueForm(format));
  }

  private byte[] post(String path, String body) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
            + server.key()
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Calls a method, which is to do well. */
  void call(Connection connection, String path, String form) throws IOException {
    String answer = connection.exchange(post(path, form));
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException(answer);
    }
  }

  String token(Connection connection) throws IOException {
    return token(connection, "");
  }

  /** A token with more that is said about its photos, as a form has it. */
  String token(Connection connection, String more) throws IOException {
    String form = issueForm("json") + more;
    String answer = connection.exchange(post("/api/photo/get-upload-token", form));
    int at = answer.indexOf("\"upload_token\":\"") + 16;
    return answer.substring(at, at + 40);
  }

  @Override
  public void close() {
    if (isRecorded) {
      server.stop(); // A JVM that is killed leaves no recording.
    }
    server.close();
  }
}
