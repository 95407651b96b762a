package slipway.http.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.net.FairShare;

/**
 * How many requests other than uploads may wait at the same time for their bodies, each holding a
 * thread of the container. Requests with a checked key have slots of their own, which nobody else
 * can take; addresses share the others.
 */
public final class BodySlots {
  private final AtomicInteger known = new AtomicInteger();
  private final FairShare strangers;
  private final int most;

  /** The right to wait, until it is closed, once. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Slots for so many bodies.
   *
   * @param most of requests with a key, and as many of those without
   * @param mostOfAddress without a key, of one address; 0 for no limit but that it leaves as many
   *     for others
   */
  public BodySlots(int most, int mostOfAddress) {
    this.most = most;
    this.strangers =
        new FairShare(() -> most, mostOfAddress == 0 ? Long.MAX_VALUE : mostOfAddress, 1);
    Gauge.builder("slipway.bodies.waiting", () -> strangers.used() + known.get())
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

  /** A slot for a request of that address without a key; empty when there is none left for it. */
  public Optional<Slot> enter(String address) {
    return strangers.claim(address, 1)
        ? Optional.of(() -> strangers.release(address, 1))
        : Optional.empty();
  }
}
