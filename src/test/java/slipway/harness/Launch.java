package slipway.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arguments of a launcher, and what every launcher owes to the test JVM that started it.
 *
 * @param war the WAR
 * @param port the port on 127.0.0.1, 0 for any free one
 * @param work the server's own folder for what it unpacks
 */
record Launch(Path war, int port, Path work) {
  /** What precedes the port in the line that says that the application answers. */
  static final String READY = "Server ready on port ";

  /** Where Jetty's launcher tells the patterns of the WAR's servlets, each in a line. */
  Path mappings() {
    return mappings(work);
  }

  /** The same of a server with that folder. */
  static Path mappings(Path work) {
    return work.resolveSibling("mappings");
  }

  /** Whether each request gets a virtual thread, which takes Java 21: a system property says so. */
  static boolean onVirtualThreads() {
    return Boolean.getBoolean("harness.virtual-threads");
  }

  /** The context path of the WAR: a system property, or empty as that of the server's root. */
  static String contextPath() {
    return System.getProperty("harness.context-path", "");
  }

  /** How long a connection may bring nothing: a system property, or what is usual there. */
  static int idleMillis(int usual) {
    return Integer.getInteger("harness.idle-millis", usual);
  }

  /** How many threads answer requests: a system property, or what is usual there. */
  static int threads() {
    return Integer.getInteger("harness.threads", 200);
  }

  /**
   * How many bytes of an answer the kernel takes before its reader does: a system property, or -1
   * for what is usual, which is megabytes.
   */
  static int sendBuffer() {
    return Integer.getInteger("harness.send-buffer", -1);
  }

  /** Attributes of Tomcat's connector beside those: a system property, as {@code a=1,b=2}. */
  static Map<String, String> connector() {
    return pairs("harness.connector");
  }

  /** Parameters of the servlet context: a system property, as {@code a=1,b=2}. */
  static Map<String, String> contextParameters() {
    return pairs("harness.context-parameters");
  }

  private static Map<String, String> pairs(String property) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String one : System.getProperty(property, "").split(",")) {
      if (!one.isEmpty()) {
        String[] parts = one.split("=", 2);
        pairs.put(parts[0], parts[1]);
      }
    }
    return pairs;
  }

  /** A container that is started, and says its port; it fails unless the WAR has been deployed. */
  @FunctionalInterface
  interface Start {
    int start(Launch launch) throws Exception;
  }

  /** Starts a container; leaves with status 1 and the reason on stderr when it does not deploy. */
  static void run(String[] args, Start container) {
    try {
      Launch launch = new Launch(Path.of(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
      System.out.println(READY + container.start(launch));
      endWithParent();
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Standard input ends when the test JVM does, however it dies: no server outlives its tests. */
  private static void endWithParent() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever sent.
    }
    System.exit(0);
  }
}
