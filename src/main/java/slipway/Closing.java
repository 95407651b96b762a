package slipway;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Loop;
import slipway.health.StillAtWorkException;

/** The parts to close at the end, the last opened first. */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

  /** Remembers a part, and gives it back. */
  <T extends AutoCloseable> T later(T part) {
    parts.push(part);
    return part;
  }

  /** Those parts that work on threads of their own. */
  List<Loop> loops() {
    return all(Loop.class);
  }

  /** Those parts of a kind. */
  <T> List<T> all(Class<T> kind) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * A part that still works on the data keeps the folder locked, so that no other service begins.
   */
  @Override
  public void close() {
    boolean isAtWork = false;
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        if (isAtWork && part instanceof DataLock lock) {
          lock.keep();
        } else {
          part.close();
        }
      } catch (StillAtWorkException e) {
        isAtWork = true;
        LOG.error("A part did not close in time", e);
      } catch (Exception | LinkageError e) {
        LOG.warn("A part failed to close", e);
      }
    }
  }
}
