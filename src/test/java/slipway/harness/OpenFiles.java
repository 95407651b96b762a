package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How many files a running {@link Server} may have open, connections included: set by {@code
 * prlimit}, as a limit of the service manager would be. Closed, it may open as many as before.
 */
public final class OpenFiles implements AutoCloseable {
  private final long pid;
  private final String before;

  private OpenFiles(long pid, String before) {
    this.pid = pid;
    this.before = before;
  }

  /** Lets a server open no file more; those that are open stay so. */
  public static OpenFiles none(Server server) throws IOException, InterruptedException {
    Tool.require("prlimit");
    long pid = server.pid();
    String soft = run(pid, "--output=SOFT").strip();
    OpenFiles files = new OpenFiles(pid, soft);
    files.limit("1");
    return files;
  }

  /** Lets a server open so many files beside those that it has open. */
  public static OpenFiles moreThanNow(Server server, int more)
      throws IOException, InterruptedException {
    OpenFiles files = none(server);
    Set<Integer> open = new TreeSet<>();
    try (Stream<Path> all = Files.list(Path.of("/proc", server.pid() + "", "fd"))) {
      all.forEach(file -> open.add(Integer.parseInt(file.getFileName().toString())));
    }
    // A file gets the least number that is free.
    int limit = 0;
    for (int free = 0; free < more; limit++) {
      free += open.contains(limit) ? 0 : 1;
    }
    files.limit(Integer.toString(limit));
    return files;
  }

  /** How many files a server has open. */
  public static long count(Server server) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", server.pid() + "", "fd"))) {
      return files.count();
    }
  }

  private void limit(String most) throws IOException, InterruptedException {
    run(pid, "--nofile=" + most + ":");
  }

  private static String run(long pid, String option) throws IOException, InterruptedException {
    List<String> command =
        option.startsWith("--nofile")
            ? List.of("prlimit", "--pid", pid + "", option)
            : List.of("prlimit", "--pid", pid + "", "--nofile", "--noheadings", option);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("prlimit: " + output);
    }
    return output;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    limit(before);
  }
}
