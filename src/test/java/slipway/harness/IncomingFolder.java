package slipway.harness;

import java.io.File;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The files that a server is receiving: on the disk, and as it counts them itself. */
public final class IncomingFolder {
  private final Server server;
  private final Set<File> before;

  private IncomingFolder(Server server, Set<File> before) {
    this.server = server;
    this.before = before;
  }

  /** What a server receives from now on, without what is there, as of uploads that do not end. */
  public static IncomingFolder fromNow(Server server) {
    return new IncomingFolder(server, Set.of(list(server)));
  }

  /** How many bytes there are on the disk. */
  public long bytes() {
    return later().mapToLong(File::length).sum();
  }

  /** How many files there are. */
  public int files() {
    return (int) later().count();
  }

  private Stream<File> later() {
    return Stream.of(list(server)).filter(file -> !before.contains(file));
  }

  /** How many bytes there are on the disk. */
  public static long bytes(Server server) {
    long bytes = 0;
    for (File file : list(server)) {
      bytes += file.length();
    }
    return bytes;
  }

  /** How many files there are. */
  public static int files(Server server) {
    return list(server).length;
  }

  /** Waits until one of the files has that size; best one that no other test's has. */
  public static void awaitFile(Server server, long size) {
    for (int i = 0; i < 1000; i++) {
      for (File file : list(server)) {
        if (file.length() == size) {
          return;
        }
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("No file of " + size + " bytes has come");
  }

  private static File[] list(Server server) {
    File[] files = server.data().resolve("media/incoming").toFile().listFiles();
    return files == null ? new File[0] : files;
  }

  /** What the server's metrics say of itself under that name. */
  public static double counted(Server server, String name) {
    return ApiClient.of(server)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
