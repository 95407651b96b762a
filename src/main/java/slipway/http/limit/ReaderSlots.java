package slipway.http.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import slipway.http.limit.BodySlots.Slot;
import slipway.net.FairShare;

/**
 * How many answers may be on their way at the same time, as readers may take them slowly. A few are
 * written by threads of the container, which is fastest; all others wait for their readers without
 * a thread, in a bounded number that addresses share. A fifth of it is reserved for requests with a
 * key.
 */
public final class ReaderSlots {
  /** Threads of the container that may be held by readers. */
  private static final int WITH_THREAD = 10;

  private static final int KEPT_PART = 5;

  private final FairShare withThread = new FairShare(() -> WITH_THREAD, Long.MAX_VALUE, 1);
  private final FairShare strangers;
  private final int most;
  private volatile Runnable look = () -> {};
  private int known;

  /**
   * Slots for that many answers.
   *
   * @param most in all
   * @param mostOfAddress of one address, without a key; 0 for no limit but that it leaves as many
   *     for others
   */
  public ReaderSlots(int most, int mostOfAddress) {
    this.most = most;
    this.strangers =
        new FairShare(this::mostStrangers, mostOfAddress == 0 ? Long.MAX_VALUE : mostOfAddress, 1);
    Gauge.builder("slipway.answers.late", this, ReaderSlots::late)
        .description("Answers that wait for their readers, without a thread")
        .register(Metrics.globalRegistry);
  }

  /**
   * Sets what looks for slots that can be given back, before all count as taken.
   *
   * @param next called by many threads
   */
  public void lookBy(Runnable next) {
    look = next;
  }

  /** A slot to write an answer to that address with the current thread; empty when none is left. */
  public Optional<Slot> withThread(String address) {
    return withThread.claim(address, 1)
        ? Optional.of(() -> withThread.release(address, 1))
        : Optional.empty();
  }

  /**
   * A slot for an answer that waits without a thread; empty when there is none left for it.
   *
   * @param address whom it is counted for
   * @param isKnown whether the request shows a valid key, asked when the address has had its share
   */
  public Optional<Slot> late(String address, BooleanSupplier isKnown) {
    if (claimed(address)) {
      return Optional.of(() -> strangers.release(address, 1));
    }
    return isKnown.getAsBoolean() && enterKnown()
        ? Optional.of(this::leaveKnown)
        : Optional.empty();
  }

  private boolean claimed(String address) {
    if (strangers.claim(address, 1)) {
      return true;
    }
    look.run();
    return strangers.claim(address, 1);
  }

  /** How many answers wait without a thread. */
  public int late() {
    look.run();
    return (int) strangers.used() + known();
  }

  private synchronized int known() {
    return known;
  }

  private boolean enterKnown() {
    long others = strangers.used();
    synchronized (this) {
      if (known + others >= most) {
        return false;
      }
      known++;
      return true;
    }
  }

  private synchronized void leaveKnown() {
    known--;
  }

  /** Slots that callers with keys hold beyond the reserved part are not free for others. */
  private long mostStrangers() {
    return (long) most - Math.max(most / KEPT_PART, known());
  }
}
