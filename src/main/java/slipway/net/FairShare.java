package slipway.net;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A scarce resource that addresses share: an address gets no more than it leaves free for all
 * others. So the first greedy one gets a half, the next one half of the rest, and a few cannot take
 * all of it. For many threads.
 */
public final class FairShare {
  private final LongSupplier most;
  private final long mostOfAddress;
  private final long least;
  private final Map<String, Long> byAddress = new HashMap<>();
  private long used;

  /**
   * A resource of that size.
   *
   * @param most in all, evaluated again at each claim
   * @param mostOfAddress of one address
   * @param least what an address gets in any case, as long as it is free: 1 of what is counted in
   *     whole things, 0 of bytes
   */
  public FairShare(LongSupplier most, long mostOfAddress, long least) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
    this.least = least;
  }

  /** Whether an address would get that much now; takes nothing. */
  public synchronized boolean fits(String address, long amount) {
    long own = of(address);
    long free = most.getAsLong() - used;
    return amount <= mostOfAddress - own
        && amount <= free
        && (amount <= (free - own) / 2 || amount <= least - own);
  }

  /** Takes that much for an address; returns false, and takes nothing, if it cannot have it now. */
  public synchronized boolean claim(String address, long amount) {
    if (!fits(address, amount)) {
      return false;
    }
    used += amount;
    byAddress.merge(address, amount, Long::sum);
    return true;
  }

  /** Gives back what was taken. */
  public synchronized void release(String address, long amount) {
    used -= amount;
    byAddress.computeIfPresent(address, (same, own) -> own > amount ? own - amount : null);
  }

  /** What is taken, of all addresses. */
  public synchronized long used() {
    return used;
  }

  /** Whether nothing is free. */
  public synchronized boolean isFull() {
    return used >= most.getAsLong();
  }

  private long of(String address) {
    return byAddress.getOrDefault(address, 0L);
  }
}
