package slipway.http.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many uploads may run at the same time: in all, and of one address. */
public final class UploadSlots {
  /** Where each request has a virtual thread, memory is what runs out first. */
  private static final int ON_VIRTUAL_THREADS = 10_000;

  /** Of the 200 threads that Tomcat and Jetty have, some stay free for everybody else. */
  private static final int ON_POOLED_THREADS = 150;

  private final AtomicInteger running = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final int most;
  private final int mostOfAddress;

  /** Why an upload may not start now. */
  public enum Refusal {
    /** As many uploads are running as the server takes at a time. */
    SERVER_FULL,
    /** As many are running of this address. */
    ADDRESS_FULL
  }

  /**
   * Slots for that many uploads.
   *
   * @param most in all; 0 for what suits the container's threads
   * @param mostOfAddress of one address; 0 for no limit
   */
  public UploadSlots(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
    Gauge.builder("slipway.uploads.running", running, AtomicInteger::get)
        .description("Requests that bring files now")
        .register(Metrics.globalRegistry);
  }

  /** Takes a slot, unless it is refused; {@link #leave} gives it back. */
  public Optional<Refusal> enter(String address) {
    if (running.incrementAndGet() > most()) {
      running.decrementAndGet();
      return Optional.of(Refusal.SERVER_FULL);
    }
    int own = byAddress.merge(address, 1, Integer::sum);
    if (mostOfAddress > 0 && own > mostOfAddress) {
      leave(address);
      return Optional.of(Refusal.ADDRESS_FULL);
    }
    return Optional.empty();
  }

  /** Gives back a slot. */
  public void leave(String address) {
    byAddress.computeIfPresent(address, (same, own) -> own == 1 ? null : own - 1);
    running.decrementAndGet();
  }

  /** How many uploads are running. */
  public int running() {
    return running.get();
  }

  private int most() {
    if (most > 0) {
      return most;
    }
    return VirtualThreads.isCurrent() ? ON_VIRTUAL_THREADS : ON_POOLED_THREADS;
  }
}
