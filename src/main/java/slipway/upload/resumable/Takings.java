package slipway.upload.resumable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Has uploads come here from other nodes, as a request for them does, where any node can read their
 * pieces. The node that receives one is asked for it, and lets it go within a moment unless a chunk
 * is under way; one that says nothing is not waited for. For many threads.
 */
final class Takings {
  /** How long a request waits. */
  private static final Duration MOST = Duration.ofSeconds(5);

  private static final long STEP_MILLIS = 50;

  /** So many steps come between two times that it is asked for, and looked whether it is there. */
  private static final int STEPS = 10;

  private static final int LOCKS = 64;

  private final UploadContext context;
  private final Restoration restoration;
  private final List<Lock> locks = Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

  Takings(UploadContext context, Restoration restoration) {
    this.context = context;
    this.restoration = restoration;
  }

  /** Returns when the upload of that key is here, or none is, or it was waited for too long. */
  void await(UploadKey key) {
    await(() -> context.unfinished().find(key), () -> context.table().askFor(key));
  }

  /** The same of an id. */
  void await(String id) {
    await(() -> context.unfinished().find(id), () -> context.table().askFor(id));
  }

  private void await(Supplier<Optional<ResumableUpload>> here, Supplier<Optional<String>> asked) {
    if (context.pieces() == null) {
      return;
    }
    long begun = System.nanoTime();
    boolean isOver = isHere(here.get());
    while (!isOver && System.nanoTime() - begun < MOST.toNanos()) {
      Optional<String> id = asked.get();
      isOver = id.isEmpty();
      for (int step = 0; step < STEPS && !isOver; step++) {
        isOver = take(id.get()) || !pause() || isHere(here.get());
      }
    }
  }

  /** One that another node has taken is left to that, though this one did not know of it yet. */
  private boolean isHere(Optional<ResumableUpload> known) {
    if (known.isEmpty()) {
      return false;
    }
    boolean isOwn = known.get().isInDoubt() || context.table().isOwn(known.get().info());
    if (!isOwn) {
      known.get().leaveToOther();
    }
    return isOwn;
  }

  private boolean take(String id) {
    Lock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
    lock.lock();
    try {
      if (context.unfinished().find(id).isEmpty()) {
        context.table().take(id).ifPresent(restoration::takeOver);
      }
      return context.unfinished().find(id).isPresent();
    } finally {
      lock.unlock();
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
