package slipway.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions that nothing signals. It rests between two checks, as checking all the time
 * would take the processor from the server.
 */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
  private static final Duration MOST_PAUSE = Duration.ofMillis(100);

  private Await() {}

  /**
   * Waits until a condition holds, for 30 seconds at most.
   *
   * @throws AssertionError when it does not by then
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  /** The same for what takes longer. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waited = System.nanoTime() - begin;
      if (waited > limit.toNanos()) {
        throw new AssertionError("Still waiting for: " + what);
      }
      LockSupport.parkNanos(pause(waited));
    }
  }

  /** The longer it has waited, the less does a little more matter. */
  private static long pause(long waited) {
    return Math.min(Math.max(LEAST_PAUSE.toNanos(), waited / 10), MOST_PAUSE.toNanos());
  }

  /** Waits until a metric of the server, such as {@code slipway_uploads_running}, has a value. */
  public static void metric(Server server, String name, double value) {
    String line = name + " " + value;
    until(line, () -> ApiClient.of(server).get("/metrics").text().lines().anyMatch(line::equals));
  }
}
