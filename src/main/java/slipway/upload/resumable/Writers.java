package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import slipway.media.PartialFile;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * The connections that send bytes of an upload now, and the room their bytes take. What they wrote
 * and nobody received is cut off when the last of them leaves. For many threads.
 */
final class Writers {
  /** Stretches with gaps between them: many more than browsers send at a time. */
  private static final int MOST_STRETCHES = 4096;

  /** A connection that brings nothing for so long may be dead. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final UploadInfo info;
  private final PartialFile file;
  private final ReceivedBytes received;
  private final DiskUse disk;
  private final UploadTable table;
  private final Lock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();

  /**
   * Changed under the lock, and read without: whoever holds it may wait for a disk that is stuck.
   */
  private final Set<PieceWriter> running = ConcurrentHashMap.newKeySet();

  Writers(
      UploadInfo info, PartialFile file, ReceivedBytes received, DiskUse disk, UploadTable table) {
    this.info = info;
    this.file = file;
    this.received = received;
    this.disk = disk;
    this.table = table;
  }

  /**
   * One that writes what follows, as the only one.
   *
   * @throws OffsetException when it does not begin where the bytes that are there end
   * @throws UploadLaterException when another is at it
   */
  PieceWriter append(ResumableUpload upload, long first, long length, boolean asItComes)
      throws IOException {
    lock.lock();
    try {
      if (!running.isEmpty()) {
        throw UploadLaterException.locked();
      }
      if (first != upload.offset()) {
        throw new OffsetException(upload.offset());
      }
      return opened(upload, first, length, asItComes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * One that writes a stretch, once no other writes bytes of it: two would mix theirs.
   *
   * @throws UploadLaterException when another goes on with that
   */
  PieceWriter open(ResumableUpload upload, long first, long length, boolean asItComes)
      throws IOException {
    lock.lock();
    try {
      awaitOthers(first, first + length);
      return opened(upload, first, length, asItComes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no other writes bytes of a stretch.
   *
   * @throws UploadLaterException when another goes on with that
   */
  void awaitTurn(long first, long length) throws IOException {
    lock.lock();
    try {
      awaitOthers(first, first + length);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void awaitOthers(long first, long end) throws IOException {
    long patience = MOST_WAIT_NANOS;
    Optional<PieceWriter> other = writerOf(first, end);
    while (other.isPresent()) {
      if (other.get().isIdleFor(IDLE_NANOS)) {
        end(other.get());
      } else if (patience <= 0) {
        throw UploadLaterException.locked();
      } else {
        patience = await(patience);
      }
      other = writerOf(first, end);
    }
  }

  private Optional<PieceWriter> writerOf(long first, long end) {
    return running.stream().filter(writer -> writer.isOf(first, end)).findFirst();
  }

  @GuardedBy("lock")
  private long await(long nanos) throws IOException {
    try {
      return left.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UploadLaterException.locked();
    }
  }

  /** After this it writes no more. */
  @GuardedBy("lock")
  private void end(PieceWriter writer) {
    writer.stop();
    received.leave(writer.stretch());
    running.remove(writer);
  }

  @GuardedBy("lock")
  private PieceWriter opened(ResumableUpload upload, long first, long length, boolean asItComes)
      throws IOException {
    if (received.isClosed()) {
      throw UploadLaterException.locked();
    }
    if (info.isDeferred() && length > info.size() - first) {
      throw UploadRefusedException.tooLarge(info.size());
    }
    if (first < 0 || length < 0 || length > info.size() - first) {
      throw UploadRefusedException.lie("These bytes lie outside of the file.");
    }
    if (received.stretches() > MOST_STRETCHES) {
      throw new UploadLaterException(
          UploadLaterException.Reason.TOO_MANY_GAPS,
          "The pieces leave too many gaps; send those that are missing first.");
    }
    // Of a file whose length nobody knows, room is looked for as its bytes come.
    disk.check(info.token(), info.isDeferred() ? 1 : length);
    // Before the file is opened: from then on a flush that fails is known to have failed.
    Stretch stretch = received.begin(first, first + length);
    PieceWriter writer = null;
    try {
      received.create();
      writer = new PieceWriter(upload, channel(stretch), stretch, asItComes);
      running.add(writer);
      return writer;
    } finally {
      if (writer == null) {
        received.leave(stretch);
      }
    }
  }

  private WritableByteChannel channel(Stretch stretch) throws IOException {
    long first = stretch.first();
    ByteRanges there = received.seen(first, stretch.end());
    if (there.isEmpty()) {
      return counted(stretch, file.writeFrom(first));
    }
    SeekableByteChannel both = file.open();
    return new Overlay(both, counted(stretch, both), there, first);
  }

  private WritableByteChannel counted(Stretch stretch, WritableByteChannel to) {
    return new CountedChannel(received, stretch, disk.guard(to));
  }

  /** After this none of them writes; what was to count as it came is received. */
  void stop() {
    lock.lock();
    try {
      List.copyOf(running).forEach(this::end);
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void leave(PieceWriter writer) throws IOException {
    received.touch();
    lock.lock();
    try {
      if (!running.remove(writer)) {
        return;
      }
      left.signalAll();
      received.leave(writer.stretch());
      if (running.isEmpty() && !received.isClosed()) {
        cutOff();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What lies there may be what another node has received meanwhile. */
  @GuardedBy("lock")
  private void cutOff() throws IOException {
    if (file.size() > received.end() && table.holds(info)) {
      file.truncate(received.end());
    }
  }

  /** Whether nobody sends any. */
  boolean isIdle() {
    return running.isEmpty();
  }

  /**
   * Has the upload take no more bytes, if nobody sends any and nothing has come since that time. It
   * waits for none who sends.
   *
   * @return false when it goes on
   */
  boolean closeIfIdleSince(Instant before) {
    return running.isEmpty() && closeIfStillIdleSince(before);
  }

  private boolean closeIfStillIdleSince(Instant before) {
    lock.lock();
    try {
      return running.isEmpty() && received.closeIfUntouchedSince(before);
    } finally {
      lock.unlock();
    }
  }
}
