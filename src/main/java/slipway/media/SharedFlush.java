package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Flushes folders for many callers at once. Callers that come during a flush of the folder wait for
 * the next one, which one of them makes for all: it begins after each of them has come. For many
 * threads.
 */
final class SharedFlush {
  private final ConcurrentMap<Path, FolderTurns> folders = new ConcurrentHashMap<>();
  private final FolderSync sync;

  /** Makes the names in a folder durable. */
  @FunctionalInterface
  interface FolderSync {
    void sync(Path folder) throws IOException;
  }

  /** Flushes by the system. */
  SharedFlush() {
    this(Folders::sync);
  }

  /** Flushes by that function. */
  SharedFlush(FolderSync sync) {
    this.sync = sync;
  }

  /** One flush of a folder, for all callers that come before it begins. */
  private static final class Flush {
    private boolean isDone;
    private IOException failure;
  }

  /** A folder: the flush that is yet to begin, and the turn to do one. */
  private static final class FolderTurns {
    private final AtomicReference<Flush> next = new AtomicReference<>();
    private final ReentrantLock turn = new ReentrantLock();
  }

  /**
   * Makes the names in a folder durable.
   *
   * @throws IOException when the flush failed, even if another thread made it: then it is unknown
   *     what is on the disk
   */
  void sync(Path folder) throws IOException {
    FolderTurns turns = folders.computeIfAbsent(folder, path -> new FolderTurns());
    Flush flush = turns.next.updateAndGet(open -> open == null ? new Flush() : open);
    turns.turn.lock();
    try {
      if (!flush.isDone) {
        turns.next.set(null); // It is this one, as no other is opened before it ends.
        run(flush, folder);
      }
    } finally {
      turns.turn.unlock();
    }
    if (flush.failure != null) {
      throw new IOException("A folder could not be flushed", flush.failure);
    }
  }

  /** How many wait for their turn there. */
  int waiting(Path folder) {
    FolderTurns turns = folders.get(folder);
    return turns == null ? 0 : turns.turn.getQueueLength();
  }

  private void run(Flush flush, Path folder) throws IOException {
    boolean isOver = false;
    try {
      sync.sync(folder);
      isOver = true;
    } catch (IOException e) {
      flush.failure = e;
      isOver = true;
    } finally {
      if (!isOver) {
        flush.failure = new IOException("A flush ended in an error");
      }
      flush.isDone = true;
    }
  }
}
