package slipway.rendition;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The photos whose last attempt failed, by their files, and when each may be tried again: after a
 * pause that doubles. A restart forgets them. For many threads.
 */
public final class Setbacks {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_RARE_PAUSE = Duration.ofHours(6);

  /** By how many bits a pause grows each time: it becomes four times as long. */
  private static final int RARE_GROWTH = 2;

  /** As a part of the first pause. */
  private static final int LEAST_WAIT = 10;

  /** Of those that are asked about at a time. */
  private static final int MOST_REVIEWED = 500;

  private final Map<String, Setback> all = new ConcurrentHashMap<>();
  private final Duration firstPause;
  private final StillWaiting waiting;

  /** Says which photos still wait. */
  @FunctionalInterface
  public interface StillWaiting {
    /**
     * Which of some files a photo still waits with: it may be deleted, or have another one.
     *
     * @param mediaKeys at least one
     */
    List<String> of(Collection<String> mediaKeys);
  }

  /** Of one photo. */
  private record Setback(int count, long until) {
    boolean isOver(long now) {
      return now - until >= 0;
    }
  }

  /**
   * None yet.
   *
   * @param firstPause until the second attempt
   */
  public Setbacks(Duration firstPause, StillWaiting waiting) {
    this.firstPause = firstPause;
    this.waiting = waiting;
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
    all.compute(
        mediaKey,
        (key, last) -> {
          int count = last == null ? 0 : last.count() + 1;
          Duration grown =
              firstPause.multipliedBy(pauses).multipliedBy(1L << Math.min(count * growth, 16));
          long pause = Math.min(grown.toNanos(), longest.toNanos());
          return new Setback(count, now + pause);
        });
  }

  /** Another attempt has succeeded, or none follows. */
  public void remove(String mediaKey) {
    all.remove(mediaKey);
  }

  /**
   * After a failed attempt: forgets the file if no photo waits with it any more.
   *
   * @return whether none does; false also when that is not known now
   */
  public boolean isMoot(String mediaKey) {
    try {
      if (!waiting.of(Set.of(mediaKey)).isEmpty()) {
        return false;
      }
    } catch (RuntimeException e) {
      return false; // What failed may be the database.
    }
    remove(mediaKey);
    return true;
  }

  /**
   * Forgets files that no photo waits with any more. Nobody reports that a photo is gone. Looks at
   * a bounded number, those first that are tried again first.
   */
  public void review() {
    long now = System.nanoTime();
    List<String> next =
        all.entrySet().stream()
            .sorted(Comparator.comparingLong(one -> one.getValue().until() - now))
            .limit(MOST_REVIEWED)
            .map(Map.Entry::getKey)
            .toList();
    if (!next.isEmpty()) {
      Set<String> still = Set.copyOf(waiting.of(next));
      next.stream().filter(one -> !still.contains(one)).forEach(all::remove);
    }
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

  /** How many photos have been set back, some of which may be gone since the last review. */
  public int count() {
    return all.size();
  }
}
