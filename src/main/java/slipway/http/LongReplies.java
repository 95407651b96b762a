package slipway.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Permits to make long replies: making one takes several times its length of memory. */
final class LongReplies {
  /** The permit of replies that need none. */
  static final Permit NONE = () -> {};

  /** Heap of a list with long texts while it is made, in bytes. */
  private static final long PER_LIST = 48L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int RETRY_SECONDS = 2;

  /** Each holds a thread of the container. */
  private static final int MOST_WAITING = 32;

  private static final Semaphore FREE =
      new Semaphore(
          (int) Math.max(2, Math.min(64, Runtime.getRuntime().maxMemory() / PER_LIST)), true);

  private LongReplies() {}

  /** What is closed when the reply is made, before it is sent. */
  @FunctionalInterface
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a permit.
   *
   * @throws ApiException when none is free in time
   */
  static Permit take() throws ApiException {
    try {
      if (FREE.getQueueLength() < MOST_WAITING
          && FREE.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return FREE::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ApiException.tryLater(
        "Too many long replies are requested; please try again.", RETRY_SECONDS);
  }
}
