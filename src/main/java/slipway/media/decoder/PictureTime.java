package slipway.media.decoder;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time that a process takes for one picture, however many requests that is. It is processor
 * time, as a process on a busy machine gets little of that in a minute; while the system does not
 * report it, it is the time of the clock. For one thread at a time.
 */
final class PictureTime {
  /** How often the process is looked at within its time. */
  private static final int LOOKS = 4;

  private static final Duration LEAST_LOOK = Duration.ofMillis(50);

  /** How many times as long it may take by the clock. */
  private static final int MOST_TIMES_BY_THE_CLOCK = 5;

  private final Duration most;
  private final Supplier<Optional<Duration>> processor;
  private final LongSupplier nanos;
  private Duration used = Duration.ZERO;
  private long usedNanos;
  private Optional<Duration> lastProcessor = Optional.empty();
  private long lastNanos;

  /**
   * The time of pictures, one after another.
   *
   * @param most for each
   * @param processor how much the process has had since its start; empty where that is not known
   * @param nanos a clock
   */
  PictureTime(Duration most, Supplier<Optional<Duration>> processor, LongSupplier nanos) {
    this.most = most;
    this.processor = processor;
    this.nanos = nanos;
  }

  void beginPicture() {
    used = Duration.ZERO;
    usedNanos = 0;
  }

  /** What was used before, between requests, does not count. */
  void beginRequest() {
    lastProcessor = processor.get();
    lastNanos = nanos.getAsLong();
  }

  void endRequest() {
    count();
  }

  /** Counts what was used since the last count; returns whether the picture's time is used up. */
  boolean isUsedUp() {
    count();
    return used.compareTo(most) >= 0
        || usedNanos >= most.multipliedBy(MOST_TIMES_BY_THE_CLOCK).toNanos();
  }

  private void count() {
    Optional<Duration> nowProcessor = processor.get();
    long now = nanos.getAsLong();
    Duration byClock = Duration.ofNanos(now - lastNanos);
    used =
        used.plus(
            nowProcessor.isPresent() && lastProcessor.isPresent()
                ? nowProcessor.get().minus(lastProcessor.get())
                : byClock);
    usedNanos += byClock.toNanos();
    lastProcessor = nowProcessor;
    lastNanos = now;
  }

  /** When to look again: no process can use up the rest before then. */
  Duration untilNextLook() {
    Duration part = most.dividedBy(LOOKS);
    Duration left = most.minus(used);
    Duration next = left.compareTo(part) < 0 ? left : part;
    return next.compareTo(LEAST_LOOK) < 0 ? LEAST_LOOK : next;
  }
}
