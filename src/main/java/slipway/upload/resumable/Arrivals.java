package slipway.upload.resumable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Requests for uploads that other nodes receive wait until these are here: were each told to come
 * again, a balancer that deals them out in turn could have it come to another node each time. They
 * hold a thread each, so that only a few may, and not for long. Where any node can read the pieces,
 * a request takes an upload that was let go, or whose node says nothing; else this node gets it by
 * {@link Restoration#run}. For many threads.
 */
final class Arrivals {
  private static final int MOST = 16;

  private static final int LOCKS = 64;

  private static final long PAUSE_MILLIS = 50;

  /** How often it is looked for in the database, and asked for. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final UploadContext context;
  private final Restoration restoration;
  private final Semaphore places = new Semaphore(MOST);
  private final List<Lock> locks = Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
  private volatile Duration patience = Duration.ZERO;

  Arrivals(UploadContext context, Restoration restoration) {
    this.context = context;
    this.restoration = restoration;
  }

  /** Looks for an upload. */
  @FunctionalInterface
  interface Finding<X extends Exception> {
    /**
     * What there is.
     *
     * @throws ElsewhereException when another node receives it
     */
    Optional<ResumableUpload> now() throws X;
  }

  /**
   * Which upload is waited for.
   *
   * @param here gives it where it is in the memory
   * @param ask asks the node that receives it, if there is one, to let it go; gives its id
   */
  private record Expected(
      Supplier<Optional<ResumableUpload>> here, Supplier<Optional<String>> ask) {}

  /** Says how long one waits; not at all at first. */
  void waitFor(Duration most) {
    patience = most;
  }

  /**
   * What there is of the upload of a key once this node has it.
   *
   * @throws ElsewhereException when another node receives it still, or too many wait
   */
  <X extends Exception> Optional<ResumableUpload> await(UploadKey key, Finding<X> look) throws X {
    return await(
        new Expected(() -> context.unfinished().find(key), () -> context.table().askFor(key)),
        look);
  }

  /** The same of an id. */
  Optional<ResumableUpload> await(String id) {
    return await(
        new Expected(() -> context.unfinished().find(id), () -> context.table().askFor(id)),
        () -> context.find(id));
  }

  private <X extends Exception> Optional<ResumableUpload> await(Expected upload, Finding<X> look)
      throws X {
    leaveIfTaken(upload);
    try {
      return look.now();
    } catch (ElsewhereException e) {
      if (!take(upload.ask().get())) {
        return waiting(upload, look, e);
      }
    }
    return look.now();
  }

  /** One that another node has taken is left to that, though this one did not know of it yet. */
  private void leaveIfTaken(Expected upload) {
    if (context.pieces() != null) {
      upload
          .here()
          .get()
          .filter(known -> !known.isInDoubt() && !context.table().isOwn(known.info()))
          .ifPresent(ResumableUpload::leaveToOther);
    }
  }

  private <X extends Exception> Optional<ResumableUpload> waiting(
      Expected upload, Finding<X> look, ElsewhereException none) throws X {
    if (patience.isZero() || !places.tryAcquire()) {
      throw none;
    }
    try {
      return awaited(upload, look);
    } finally {
      places.release();
    }
  }

  private <X extends Exception> Optional<ResumableUpload> awaited(Expected upload, Finding<X> look)
      throws X {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean isLast = !pause(upload) || System.nanoTime() - end >= 0;
      try {
        return look.now();
      } catch (ElsewhereException e) {
        if (isLast) {
          throw e;
        }
      }
    }
  }

  /** Whether there was time to pause. */
  private boolean pause(Expected upload) {
    long begun = System.nanoTime();
    Optional<String> id = upload.ask().get();
    try {
      while (!take(id) && upload.here().get().isEmpty() && System.nanoTime() - begun < LOOK_NANOS) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes an upload whose pieces any node can read, if it is free; false where it is not here. */
  private boolean take(Optional<String> id) {
    return context.pieces() != null && id.isPresent() && take(id.get());
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
}
