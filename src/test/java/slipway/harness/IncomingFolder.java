package slipway.harness;

import java.io.File;

/** The files that a server is receiving: on the disk, and as it counts them itself. */
public final class IncomingFolder {
  private IncomingFolder() {}

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
