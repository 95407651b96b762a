package slipway.faults;

import java.util.List;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;

/**
 * The one server whose disk fails as it is told, for all tests of this JVM that leave the disk well
 * and the server running. It made its folders and its first key by itself, and makes no renditions.
 *
 * @param flushed the paths of what the first start flushed, in order
 */
record FaultyServer(Server server, Faults disk, List<String> flushed) {
  private static FaultyServer one;

  /** Where visitors may be sent back to. */
  static final String RETURN_HOSTS = "a.test, www.example.com, *.example.org";

  static synchronized FaultyServer get() {
    if (one == null) {
      one = started();
      Runtime.getRuntime().addShutdownHook(new Thread(one.server::close));
    }
    return one;
  }

  private static FaultyServer started() {
    // They fail in nothing, but are reported.
    Faults disk = Faults.none().stallFlush("*/servers/*", 100_000, 0);
    Server server =
        Server.on(Container.JETTY_12)
            .thatMakesAll()
            .faults(disk)
            .setting("slipway.return.hosts", RETURN_HOSTS)
            .setting("slipway.token.sweep-seconds", "3600")
            .start();
    List<String> flushed =
        disk.made().stream().map(line -> line.replaceFirst("^sync 0 ", "")).toList();
    disk.end();
    return new FaultyServer(server, disk, flushed);
  }
}
