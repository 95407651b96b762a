package slipway.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs S3Proxy on any free port, until standard input ends, with what it keeps in memory, or on the
 * disk where a system property says so.
 */
final class S3ProxyLauncher {
  /** What precedes the port in the line that says that it answers. */
  static final String READY = "Store ready on port ";

  static final String KEY = "test-key";
  static final String SECRET = "test-secret";

  private S3ProxyLauncher() {}

  /** Its own jars are on the class path only, and a folder is its argument. */
  public static void main(String[] args) {
    try {
      int port = freePort();
      Path settings = Path.of(args[0]).resolve("s3proxy.conf");
      Files.write(
          settings,
          List.of(
              "s3proxy.endpoint=http://127.0.0.1:" + port,
              "s3proxy.authorization=aws-v2-or-v4",
              "s3proxy.identity=" + KEY,
              "s3proxy.credential=" + SECRET,
              "jclouds.provider=" + (onDisk() ? "filesystem-nio2" : "transient-nio2"),
              "jclouds.filesystem.basedir=" + Files.createDirectory(Path.of(args[0], "objects")),
              "jclouds.identity=none",
              "jclouds.credential=none"));
      Class.forName("org.gaul.s3proxy.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {"--properties", settings.toString()});
      System.out.println(READY + port);
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Whether what it keeps may be large. */
  private static boolean onDisk() {
    return Boolean.getBoolean("harness.store-on-disk");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
