package slipway.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;

/**
 * The servers of a container that all tests of this JVM may use whose clients are slow: started at
 * first use, closed at the end. One address has two answers that are waited for, and the kernel
 * takes as little of them as on a line of little bandwidth.
 */
final class SlowClients {
  /**
   * Threads of a {@link #patient} one: more than what may wait and upload at a time, as of the 200
   * that containers have by default.
   */
  static final int THREADS = 32;

  /** Uploads of a patient one at a time, of which one address gets half of four fifths. */
  static final int UPLOADS = 40;

  /** Bodies that a patient one waits for, of callers with a key, and as many of others. */
  static final int BODIES = 5;

  /** Threads of a {@link #hasty} one, as many as it has for its own work and a few. */
  static final int FEW_THREADS = 14;

  /** Bytes a second that a form must bring to a hasty one until its token is known. */
  static final int TOKENLESS = 20_000;

  /** Answers to one address, without a key, that are waited for. */
  static final int READERS = 2;

  /** More than what the kernel takes from a server whose reader takes nothing. */
  static final int FILE_BYTES = 1 << 20;

  private static final Map<Container, Server> PATIENT = new ConcurrentHashMap<>();
  private static final Map<Container, Server> HASTY = new ConcurrentHashMap<>();
  private static final Map<Server, Faults> DISKS = new ConcurrentHashMap<>();

  private SlowClients() {}

  /** One that believes {@code X-Forwarded-For}, and waits as long as usual. */
  static Server patient(Container container) {
    return PATIENT.computeIfAbsent(container, SlowClients::startPatient);
  }

  private static Server startPatient(Container container) {
    return closedAtTheEnd(
        slow(container, THREADS)
            .setting("slipway.proxies", "127.0.0.1")
            .setting("slipway.limit.uploads", Integer.toString(UPLOADS))
            .setting("slipway.limit.slow-bodies", Integer.toString(BODIES))
            .start());
  }

  /** One whose windows are a second, with few threads, and which would compress whatever it may. */
  static Server hasty(Container container) {
    return HASTY.computeIfAbsent(container, SlowClients::startHasty);
  }

  /** The disk of a hasty one. */
  static Faults disk(Server server) {
    return DISKS.get(server);
  }

  private static Server startHasty(Container container) {
    Faults disk = Faults.none();
    Server server =
        closedAtTheEnd(
            slow(container, FEW_THREADS)
                .faults(disk)
                .jvm("-Dharness.connector=compression=force")
                .setting("slipway.limit.grace-seconds", "1")
                .setting("slipway.limit.body-seconds", "1")
                .setting("slipway.limit.tokenless-bytes-per-second", Integer.toString(TOKENLESS))
                .start());
    DISKS.put(server, disk);
    return server;
  }

  private static Server.Builder slow(Container container, int threads) {
    return Server.on(container)
        .setting("slipway.limit.slow-readers-per-address", Integer.toString(READERS))
        .jvm(
            "-Dharness.idle-millis=120000",
            "-Dharness.threads=" + threads,
            "-Dharness.send-buffer=16384");
  }

  private static Server closedAtTheEnd(Server server) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }
}
