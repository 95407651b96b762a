package slipway.scan;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the virus scanner can be reached. As long as it cannot, it is tried rarely, and this is
 * logged once. For many threads.
 */
final class Absence {
  private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  private boolean isAway;
  private long since;
  private long until;
  private int count;

  /** It could not be reached. */
  synchronized void begin(ScannerAwayException failure) {
    long now = System.nanoTime();
    if (!isAway) {
      isAway = true;
      since = now;
      count = 0;
      LOG.warn("The virus scanner cannot be reached; photos wait for it: {}", words(failure));
      LOG.debug("As follows", failure);
    }
    if (count > 0 && now - until < 0) {
      return; // Another thread has found out the same.
    }
    long pause = FIRST_PAUSE.multipliedBy(1L << Math.min(count++, MOST_DOUBLINGS)).toNanos();
    until = now + Math.min(pause, LONGEST_PAUSE.toNanos());
  }

  private static String words(ScannerAwayException failure) {
    Throwable cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }

  /** It was reached. */
  synchronized void end() {
    if (isAway) {
      isAway = false;
      LOG.info("The virus scanner can be reached again");
    }
  }

  synchronized boolean isAway() {
    return isAway;
  }

  /** Whether it has been unreachable for that long. */
  synchronized boolean isLongerThan(Duration time) {
    return isAway && System.nanoTime() - since >= time.toNanos();
  }

  /** How long not to ask it. */
  synchronized Duration pause() {
    long left = isAway ? until - System.nanoTime() : 0;
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }
}
