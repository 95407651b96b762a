package slipway.rendition;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.photo.RenditionQueue;

/**
 * The photos without renditions from a time without the programs for them, which are installed now:
 * after a start each is queued again once. As there may be many, this is done in the background,
 * some in each transaction. For many threads.
 */
final class SecondTries {
  private static final Logger LOG = LoggerFactory.getLogger(SecondTries.class);

  /** Photos per transaction. */
  private static final int STEP = 500;

  /** Steps of one {@link #look}. */
  private static final int MOST_STEPS = 20;

  private final RenditionQueue queue;
  private final int step;
  private final Deque<TypeRange> left = new ArrayDeque<>();
  private boolean isFailing;

  SecondTries(RenditionQueue queue) {
    this(queue, STEP);
  }

  /** The same in steps of so many photos. */
  SecondTries(RenditionQueue queue, int step) {
    this.queue = queue;
    this.step = step;
  }

  /**
   * Some types.
   *
   * @param type the current type
   * @param last the number of the photo that was queued last
   * @param end the first type that is not among them
   */
  private record TypeRange(String type, long last, String end) {}

  /** Has all videos queued again. */
  SecondTries ofVideos() {
    left.add(new TypeRange("video/", 0, "video0"));
    return this;
  }

  /** Has the pictures of some types queued again. */
  SecondTries of(Collection<String> types) {
    types.forEach(type -> left.add(new TypeRange(type, 0, type + "\u0001")));
    return this;
  }

  /** Queues some; at a start of one thread, before it works. */
  synchronized void look() {
    try {
      for (int i = 0; i < MOST_STEPS && !left.isEmpty(); i++) {
        step();
      }
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.warn("Photos could not be queued again; will try again", e);
      }
      isFailing = true;
    }
  }

  private void step() {
    TypeRange types = left.peek();
    List<Long> some = queue.kept(types.type(), types.last(), step);
    if (!some.isEmpty()) {
      queue.retry(some);
    }
    Optional<String> next =
        some.size() == step ? Optional.of(types.type()) : queue.keptType(types.type(), types.end());
    long last = some.size() == step ? some.get(step - 1) : 0;
    left.remove();
    next.ifPresent(type -> left.push(new TypeRange(type, last, types.end())));
  }

  /** Whether there are more. */
  synchronized boolean isMore() {
    return !left.isEmpty();
  }
}
