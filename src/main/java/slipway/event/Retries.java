package slipway.event;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a failed call is tried again: each pause is twice the one before, up to the longest, less a
 * random part of up to a half so that calls that failed together do not come back together.
 *
 * @param first the first pause
 * @param longest the longest pause
 * @param giveUpAfter when a call is given up, counted from its start
 */
public record Retries(Duration first, Duration longest, Duration giveUpAfter) {
  private static final int MOST_DOUBLINGS = 30;

  /** The pause after that many attempts, at least one, in milliseconds. */
  long pauseMillis(int attempts) {
    long doubled = first.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
    long full = Math.min(doubled, longest.toMillis());
    return full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }
}
