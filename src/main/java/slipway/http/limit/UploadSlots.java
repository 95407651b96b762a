package slipway.http.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.net.FairShare;

/**
 * How many uploads may run at the same time: in all, and of one address, which gets no more than it
 * leaves free for others. A fifth is kept for requests that show a key.
 *
 * <p>In chunked bodies only the container sees the bytes of the framing, such as an endless chunk
 * extension, so that they cannot be paced. Therefore chunked bodies without a key get only half of
 * the slots for callers without one.
 */
public final class UploadSlots {
  /** With a virtual thread for each request; the heap may bear fewer. */
  private static final int ON_VIRTUAL_THREADS = 10_000;

  /** Of the 200 threads that Tomcat and Jetty have, some stay free for everybody else. */
  private static final int ON_POOLED_THREADS = 140;

  /**
   * A form in the middle of its file holds about 190 KB, and 64 KB more while its type is unknown:
   * the stack, the container's buffers and its own. So uploads get two fifths of the heap at most.
   */
  static final int HEAP_BYTES_PER_UPLOAD = 640 << 10;

  private static final int KEPT_PART = 5;
  private static final int CHUNKED_PART = 2;

  private final AtomicInteger known = new AtomicInteger();
  private final FairShare strangers;
  private final FairShare chunked;
  private final int most;
  private final long mostOfHeap;

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
   * @param most in all; 0 for what suits the container's threads and the heap
   * @param mostOfAddress of one address; 0 for no limit but that it leaves as many for others
   */
  public UploadSlots(int most, int mostOfAddress) {
    this(most, mostOfAddress, Runtime.getRuntime().maxMemory());
  }

  /** The same, in a heap of that many bytes. */
  UploadSlots(int most, int mostOfAddress, long heap) {
    this.most = most;
    this.mostOfHeap = Math.max(1, heap / HEAP_BYTES_PER_UPLOAD);
    long ofAddress = mostOfAddress == 0 ? Long.MAX_VALUE : mostOfAddress;
    this.strangers = new FairShare(this::mostStrangers, ofAddress, 1);
    this.chunked = new FairShare(() -> Math.max(1, mostStrangers() / CHUNKED_PART), ofAddress, 1);
    Gauge.builder("slipway.uploads.running", this, UploadSlots::running)
        .description("Requests that are sending files")
        .register(Metrics.globalRegistry);
  }

  /**
   * Takes a slot for a request that shows a key, unless it is refused; {@link #leave()} gives it
   * back.
   */
  public Optional<Refusal> enter() {
    if (known.incrementAndGet() + strangers.used() > most()) {
      known.decrementAndGet();
      return Optional.of(Refusal.SERVER_FULL);
    }
    return Optional.empty();
  }

  /**
   * Takes a slot for a request of that address without a key, unless it is refused; {@link
   * #leave(String, boolean)} gives it back.
   *
   * @param isInChunks whether its body comes in chunks
   */
  public Optional<Refusal> enter(String address, boolean isInChunks) {
    if (!strangers.claim(address, 1)) {
      return Optional.of(refusal(strangers));
    }
    if (isInChunks && !chunked.claim(address, 1)) {
      strangers.release(address, 1);
      return Optional.of(refusal(chunked));
    }
    return Optional.empty();
  }

  private static Refusal refusal(FairShare share) {
    return share.isFull() ? Refusal.SERVER_FULL : Refusal.ADDRESS_FULL;
  }

  /** Gives back a slot of a request with a key. */
  public void leave() {
    known.decrementAndGet();
  }

  /** Gives back a slot that was taken with the same arguments. */
  public void leave(String address, boolean isInChunks) {
    if (isInChunks) {
      chunked.release(address, 1);
    }
    strangers.release(address, 1);
  }

  /** How many uploads are running. */
  public int running() {
    return (int) strangers.used() + known.get();
  }

  /** Slots that callers with keys hold beyond the reserved part are not free for others. */
  private long mostStrangers() {
    int kept = most() / KEPT_PART;
    return (long) most() - Math.max(kept, known.get());
  }

  private int most() {
    if (most > 0) {
      return most;
    }
    int ofThreads = VirtualThreads.isCurrent() ? ON_VIRTUAL_THREADS : ON_POOLED_THREADS;
    return (int) Math.min(ofThreads, mostOfHeap);
  }
}
