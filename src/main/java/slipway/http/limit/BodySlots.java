package slipway.http.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests that are no uploads may wait at the same time for their bodies, each with a
 * thread of the container. Those that show a key have slots of their own, which nobody without one
 * can take.
 */
public final class BodySlots {
  private final AtomicInteger strangers = new AtomicInteger();
  private final AtomicInteger known = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final int most;
  private final int mostOfAddress;

  /** The right to wait, until it is closed, once. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Slots for that many bodies.
   *
   * @param most of requests with a key, and as many of those without
   * @param mostOfAddress without a key, of one address; 0 for no limit
   */
  public BodySlots(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
    Gauge.builder("slipway.bodies.waiting", () -> strangers.get() + known.get())
        .description("Requests other than uploads that wait for their bodies")
        .register(Metrics.globalRegistry);
  }

  /** A slot for a request that shows a key; empty when there is none left. */
  public Optional<Slot> enter() {
    if (known.incrementAndGet() > most) {
      known.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(known::decrementAndGet);
  }

  /** A slot for a request of that address without a key; empty when there is none left. */
  public Optional<Slot> enter(String address) {
    int own = byAddress.merge(address, 1, Integer::sum);
    int all = strangers.incrementAndGet();
    if (all > most || (mostOfAddress > 0 && own > mostOfAddress)) {
      leave(address);
      return Optional.empty();
    }
    return Optional.of(() -> leave(address));
  }

  private void leave(String address) {
    byAddress.computeIfPresent(address, (same, own) -> own == 1 ? null : own - 1);
    strangers.decrementAndGet();
  }
}
