package slipway.harness;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server with little room, memory and time, one of each container for all tests of this JVM:
 * started at first use, closed at the end; never stop one.
 */
public final class SmallServer {
  /** Bytes of all that it receives, unfinished uploads included. */
  public static final int ROOM = 999_999;

  private static final Map<Container, Server> STARTED = new ConcurrentHashMap<>();

  private SmallServer() {}

  /**
   * One whose requests hold a megabyte of memory together, and which receives {@link #ROOM} bytes
   * at most. It believes {@code X-Forwarded-For}, waits for many bodies, ends a connection that
   * brings nothing for two seconds, and sweeps every second.
   */
  public static Server on(Container container) {
    return STARTED.computeIfAbsent(container, SmallServer::start);
  }

  private static Server start(Container container) {
    return Server.closedAtTheEnd(
        Server.on(container)
            // Clients of the harness keep connections for a second.
            .jvm("-Dharness.idle-millis=2000")
            .setting("slipway.proxies", "127.0.0.1")
            .setting("slipway.limit.memory-bytes", Integer.toString(1 << 20))
            .setting("slipway.incoming.total-bytes", Integer.toString(ROOM))
            .setting("slipway.token.sweep-seconds", "1")
            .setting("slipway.limit.uploads", "200")
            .setting("slipway.limit.slow-bodies", "200")
            .setting("slipway.limit.slow-bodies-per-address", "100")
            .start());
  }
}
