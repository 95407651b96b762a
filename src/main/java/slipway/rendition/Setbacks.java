package slipway.rendition;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The photos whose last attempt failed, by their files, and when each may be tried again: after a
 * pause that doubles. A restart forgets them.
 */
public final class Setbacks {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_RARE_PAUSE = Duration.ofHours(6);

  /** By how many bits a pause grows each time: it becomes four times as long. */
  private static final int RARE_GROWTH = 2;

  /** As a part of the first pause. */
  private static final int LEAST_WAIT = 10;

  private final Map<String, Setback> all = new ConcurrentHashMap<>();
  private final Duration firstPause;

  /**
   * Of one photo.
   *
   * @param forgotten when it no longer counts, as the photo may be gone
   */
  private record Setback(int count, long until, long forgotten) {
    boolean isOver(long now) {
      return now - until >= 0;
    }
  }

  /**
   * None yet.
   *
   * @param firstPause until the second attempt
   */
  public Setbacks(Duration firstPause) {
    this.firstPause = firstPause;
  }

  /**
   * An attempt has failed.
   *
   * @param pauses how many times as long as the first pause it is
   */
  public void add(String mediaKey, int pauses) {
    add(mediaKey, pauses, 1, LONGEST_PAUSE);
  }

  /**
   * An attempt has ended its program: the pauses soon get so long that there are few more in a day.
   *
   * @param pauses how many times as long as the first pause it is
   */
  public void addRare(String mediaKey, int pauses) {
    add(mediaKey, pauses, RARE_GROWTH, LONGEST_RARE_PAUSE);
  }

  private void add(String mediaKey, int pauses, int growth, Duration longest) {
    long now = System.nanoTime();
    // A deleted photo is not reported in any other way.
    all.values().removeIf(one -> now - one.forgotten() >= 0);
    all.compute(
        mediaKey,
        (key, last) -> {
          int count = last == null ? 0 : last.count() + 1;
          Duration grown =
              firstPause.multipliedBy(pauses).multipliedBy(1L << Math.min(count * growth, 16));
          long pause = Math.min(grown.toNanos(), longest.toNanos());
          return new Setback(count, now + pause, now + pause + 2 * LONGEST_PAUSE.toNanos());
        });
  }

  /** Another attempt has succeeded, or none follows. */
  public void remove(String mediaKey) {
    all.remove(mediaKey);
  }

  /** Whether a photo may be tried, again or for the first time. */
  public boolean isOver(String mediaKey) {
    Setback setback = all.get(mediaKey);
    return setback == null || setback.isOver(System.nanoTime());
  }

  /** How long until one of them may be tried again: more than zero, and at most that long. */
  public Duration next(Duration most) {
    long now = System.nanoTime();
    long next =
        all.values().stream().mapToLong(one -> one.until() - now).min().orElse(most.toNanos());
    return Duration.ofNanos(
        Math.min(Math.max(next, firstPause.toNanos() / LEAST_WAIT), most.toNanos()));
  }

  /** How many photos have been set back, some of which may be gone. */
  public int count() {
    return all.size();
  }
}
