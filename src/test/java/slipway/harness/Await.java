package slipway.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what tells nobody that it has come. It rests between two looks: one that looked all the
 * time would take the processor from the server it waits for.
 */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * Waits until a condition holds, for 30 seconds at most.
   *
   * @throws AssertionError when it does not by then
   */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Still waiting for: " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Waits until a metric of the server, such as {@code slipway_uploads_running}, has a value. */
  public static void metric(Server server, String name, double value) {
    String line = name + " " + value;
    until(line, () -> ApiClient.of(server).get("/metrics").text().lines().anyMatch(line::equals));
  }
}
