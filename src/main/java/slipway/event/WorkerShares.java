package slipway.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import slipway.event.Outgoing.CallLimits;

/**
 * How many of the workers each host may have. A host whose last answer was slow or missing gets one
 * at a time, and all such hosts share half of the workers: many hosts that hang do not delay those
 * that answer. For many threads.
 */
final class WorkerShares {
  /**
   * How many hosts are remembered as slow; one that is forgotten is found slow again by its next
   * call.
   */
  private static final int MOST_SLOW = 10_000;

  /** An answer that takes longer than this fraction of the time limit is slow. */
  private static final int QUICK = 3;

  private final CallLimits limits;
  private final IntSupplier nodes;

  @GuardedBy("this")
  private final Map<String, Integer> underWay = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, Boolean> slow =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_SLOW;
        }
      };

  @GuardedBy("this")
  private int free;

  /**
   * Shares of workers, all of which are free.
   *
   * @param nodes how many nodes make calls now, at least one
   */
  WorkerShares(CallLimits limits, IntSupplier nodes) {
    this.limits = limits;
    this.nodes = nodes;
    this.free = limits.workers();
  }

  synchronized boolean hasFree() {
    return free > 0;
  }

  /** How many calls to a host may begin. */
  synchronized int freeFor(String host) {
    int own = underWay.getOrDefault(host, 0);
    return slow.containsKey(host)
        ? Math.min(1 - own, Math.min(free, freeForSlow()))
        : Math.min(Math.max(1, limits.perHost() / nodes.getAsInt()) - own, free);
  }

  @GuardedBy("this")
  private int freeForSlow() {
    int taken = 0;
    for (Map.Entry<String, Integer> calls : underWay.entrySet()) {
      taken += slow.containsKey(calls.getKey()) ? calls.getValue() : 0;
    }
    return Math.max(1, limits.workers() / 2) - taken;
  }

  synchronized void begin(String host) {
    free--;
    underWay.merge(host, 1, Integer::sum);
  }

  /** Notes how long a host took for a call, whatever came of it. */
  synchronized void took(String host, Duration time) {
    if (time.multipliedBy(QUICK).compareTo(limits.timeout()) > 0) {
      slow.put(host, true);
    } else {
      slow.remove(host);
    }
  }

  synchronized void end(String host) {
    free++;
    underWay.computeIfPresent(host, (name, count) -> count == 1 ? null : count - 1);
  }
}
