package slipway.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;

/**
 * A server whose disk fails as it is told, one of each container for all tests of this JVM that
 * leave the disk well and the server running. It made its folders and its first key by itself, and
 * makes no renditions. Its site is closed to visitors, and is that of {@link #SITE}.
 *
 * @param flushed the paths of what the first start flushed, in order
 */
public record FaultyServer(Server server, Faults disk, List<String> flushed) {
  /** Where its site is. */
  public static final String SITE = "https://closed.example.com";

  /** Where visitors may be sent back to. */
  static final String RETURN_HOSTS = "a.test, www.example.com, *.example.org";

  private static final Map<Container, FaultyServer> STARTED = new ConcurrentHashMap<>();

  /** The one of a container; started at first use, closed at the end. */
  public static FaultyServer on(Container container) {
    return STARTED.computeIfAbsent(container, FaultyServer::started);
  }

  static FaultyServer get() {
    return on(Container.JETTY_12);
  }

  private static FaultyServer started(Container container) {
    // They fail in nothing, but are reported.
    Faults disk = Faults.none().stallFlush("*/servers/*", 100_000, 0);
    Server server =
        Server.on(container)
            .thatMakesAll()
            .faults(disk)
            .setting("slipway.site.public", "false")
            .setting("slipway.base-url", SITE)
            .setting("slipway.return.hosts", RETURN_HOSTS)
            .setting("slipway.token.sweep-seconds", "3600")
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    List<String> flushed =
        disk.made().stream().map(line -> line.replaceFirst("^sync 0 ", "")).toList();
    disk.end();
    return new FaultyServer(server, disk, flushed);
  }
}
