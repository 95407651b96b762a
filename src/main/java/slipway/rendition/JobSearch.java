package slipway.rendition;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import slipway.photo.RenditionQueue.Job;

/**
 * Looks for a photo to work on, at a bounded number of rows each time: where more wait that cannot
 * be worked on now, the next look goes on behind them. For one thread at a time.
 */
final class JobSearch {
  private static final int MOST_ROWS = 500;

  private final Queue queue;

  /** What the last look ended at; null where the next begins at the front. */
  private Job last;

  /** The photos that wait, in their order. */
  @FunctionalInterface
  interface Queue {
    /**
     * Some of them.
     *
     * @param last the one before the first; null for the front
     * @param count how many at most
     */
    List<Job> after(Job last, int count);
  }

  JobSearch(Queue queue) {
    this.queue = queue;
  }

  /**
   * The next one that may be worked on; empty when this look finds none.
   *
   * @param held how many may not at most, be it that they have left the queue
   */
  Optional<Job> next(int held, Predicate<Job> isFree) {
    if (held < MOST_ROWS) {
      last = null;
      return first(queue.after(null, held + 1), isFree);
    }
    List<Job> page = queue.after(last, MOST_ROWS);
    Optional<Job> found = first(page, isFree);
    last = found.orElse(page.size() < MOST_ROWS ? null : page.get(page.size() - 1));
    return found;
  }

  private static Optional<Job> first(List<Job> page, Predicate<Job> isFree) {
    return page.stream().filter(isFree).findFirst();
  }
}
