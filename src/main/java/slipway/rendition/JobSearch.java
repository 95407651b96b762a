package slipway.rendition;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for a photo to work on, reading a bounded number of rows each time: if more photos wait
 * that cannot be worked on now, the next look continues after them. For one thread at a time.
 *
 * @param <J> what says which photo it is
 */
public final class JobSearch<J> {
  private static final int MOST_ROWS = 500;

  private final Queue<J> queue;

  /** What the last look ended at; null where the next begins at the front. */
  private J last;

  /**
   * The photos that wait, in their order.
   *
   * @param <J> what says which photo it is
   */
  @FunctionalInterface
  public interface Queue<J> {
    /**
     * Some of them.
     *
     * @param last the one before the first; null for the front
     * @param count how many at most
     */
    List<J> after(J last, int count);
  }

  /** Looks in that queue. */
  public JobSearch(Queue<J> queue) {
    this.queue = queue;
  }

  /**
   * The next one that may be worked on; empty when this look finds none.
   *
   * @param held how many may not be worked on at most, including those that have left the queue
   */
  public Optional<J> next(int held, Predicate<J> isFree) {
    if (held < MOST_ROWS) {
      last = null;
      return first(queue.after(null, held + 1), isFree);
    }
    List<J> page = queue.after(last, MOST_ROWS);
    Optional<J> found = first(page, isFree);
    last = found.orElse(page.size() < MOST_ROWS ? null : page.get(page.size() - 1));
    return found;
  }

  private Optional<J> first(List<J> page, Predicate<J> isFree) {
    return page.stream().filter(isFree).findFirst();
  }
}
