package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.UnavailableException;
import slipway.media.KeptPiece;
import slipway.media.PartialFile;
import slipway.upload.UploadLaterException;

/**
 * Which bytes of an upload are there, and for sure: first the bytes are flushed, then their ranges
 * are committed, those that wait at the same time together; from then on they are received. A flush
 * that fails takes with it all that may have been written since the last good one, as the system
 * drops it, and the next flush succeeds without it: those bytes have to come again. Closed, it
 * takes and commits no more. For many threads.
 */
final class ReceivedBytes {
  private static final Logger LOG = LoggerFactory.getLogger(ReceivedBytes.class);

  /** Of so many pieces in whose place others are the names are in memory. */
  private static final int MOST_REPLACED = 200;

  private final UploadInfo info;
  private final PartialFile file;
  private final UploadTable table;
  private final DiskUse disk;
  private final Clock clock;
  private final Consumer<ByteRanges> afterLoss;

  /** No monitor: on Java 21 to 23 a virtual thread that waits under one holds its carrier. */
  private final Lock committing = new ReentrantLock();

  @GuardedBy("this")
  private final Unflushed unflushed = new Unflushed();

  /** Flushed and committed. */
  @GuardedBy("this")
  private final ByteRanges received;

  /** Written whole, but not received yet. */
  @GuardedBy("this")
  private final ByteRanges written = new ByteRanges();

  /** Both. */
  @GuardedBy("this")
  private final ByteRanges seen;

  @GuardedBy("this")
  private Instant touched;

  @GuardedBy("committing")
  private boolean hasDurableName;

  @GuardedBy("committing")
  private boolean isRowStale;

  @GuardedBy("this")
  private boolean closed;

  /** Whether the file was created; it is not created again when it has been moved or deleted. */
  @GuardedBy("this")
  private boolean isCreated;

  /**
   * Those that an upload's row tells of, and what is added to them. After a start they count as
   * just come: of the time before, only a clock that may have jumped could tell. How long nothing
   * came at another node is known.
   *
   * @param afterLoss gets what is still there once bytes are lost; called under the locks
   */
  ReceivedBytes(
      UploadTable.Row row,
      PartialFile file,
      UploadTable table,
      DiskUse disk,
      Clock clock,
      Consumer<ByteRanges> afterLoss) {
    this.info = row.info();
    this.received = row.received();
    this.seen = received.copy();
    this.hasDurableName = !received.isEmpty();
    this.isCreated = hasDurableName;
    this.touched = clock.instant().minus(row.idle());
    this.file = file;
    this.table = table;
    this.disk = disk;
    this.clock = clock;
    this.afterLoss = afterLoss;
  }

  /** Says that these bytes may be written from now on. */
  synchronized Stretch begin(long first, long end) {
    return unflushed.begin(first, end);
  }

  /**
   * Takes room for bytes of a stretch that are written now.
   *
   * @throws UploadLaterException when there is none
   */
  synchronized void claim(Stretch stretch, long bytes) throws UploadLaterException {
    disk.claim(info.token(), bytes);
    stretch.claimed(bytes);
  }

  /**
   * Creates the file, unless that was done before.
   *
   * @throws UploadLaterException when it is closed
   */
  void create() throws IOException {
    if (isClosed()) {
      throw UploadLaterException.locked();
    }
    if (!isCreated()) {
      file.create();
      created(true);
    }
  }

  private synchronized boolean isCreated() {
    return isCreated;
  }

  private synchronized void created(boolean is) {
    isCreated = is;
  }

  /** Says that nothing of the stretch is written any more, and gives its room back. */
  synchronized void leave(Stretch stretch) {
    unflushed.leave(stretch);
    disk.release(info.token(), stretch.unclaim());
  }

  /**
   * Adds the bytes of a stretch up to before {@code end}, which have been written.
   *
   * @return false when a flush has failed since the stretch began: they may be gone
   */
  synchronized boolean add(Stretch stretch, long end) {
    if (unflushed.hasLost(stretch)) {
      return false;
    }
    if (!closed) {
      long there = seen.add(stretch.first(), end);
      disk.settle(info.token(), stretch.unclaim(), there);
      written.add(stretch.first(), end);
      stretch.added(end);
    }
    return true;
  }

  /**
   * Makes all that was added received; who comes while that is done shares the next flush.
   *
   * @throws IOException when a flush failed: what it was to keep is not received
   */
  void commit() throws IOException {
    long losses;
    synchronized (this) {
      losses = unflushed.losses();
    }
    committing.lock();
    try {
      commit(losses);
    } finally {
      committing.unlock();
    }
  }

  /**
   * Makes received what was added.
   *
   * @param losses how many flushes had failed when the caller had written
   */
  @GuardedBy("committing")
  private void commit(long losses) throws IOException {
    ByteRanges taken;
    String text;
    synchronized (this) {
      if (losses != unflushed.losses()) {
        throw lost();
      }
      if (closed || (written.isEmpty() && !isRowStale)) {
        return;
      }
      taken = written.copy();
      ByteRanges all = received.copy();
      all.addAll(taken);
      text = all.toString();
      touched = clock.instant();
      unflushed.flushing();
    }
    List<KeptPiece> pieces = flush(taken);
    table.received(info, text, pieces);
    synchronized (this) {
      received.addAll(taken);
      written.removeAll(taken);
      isRowStale = false;
    }
    if (file.replaced().size() >= MOST_REPLACED) {
      dropReplaced();
    }
  }

  /**
   * Deletes the pieces in whose place others are, as whoever goes on with the upload does not know
   * of them. Those of which rows tell still, as a commit has failed, are not among them.
   */
  void dropReplaced() {
    try {
      List<String> noted = table.noted(file.replaced());
      if (!noted.isEmpty()) {
        file.drop(noted);
        table.forgetPieces(noted);
      }
    } catch (IOException | UnavailableException e) {
      LOG.debug("Pieces that others have replaced are deleted later", e);
    }
  }

  static IOException lost() {
    return new IOException("A flush of the file has failed: its bytes have to come again");
  }

  /** Flushes the file, and its name before the first bytes are received. */
  @GuardedBy("committing")
  private List<KeptPiece> flush(ByteRanges taken) throws IOException {
    List<KeptPiece> pieces;
    boolean isDone = false;
    try {
      pieces = file.keep(taken.asMap());
      if (!hasDurableName) {
        syncName();
      }
      isDone = true;
    } finally {
      if (!isDone) {
        lose();
      }
    }
    synchronized (this) {
      unflushed.flushed();
    }
    return pieces;
  }

  /** A name that was not flushed is given anew, with another file, as its flush is not repeated. */
  @GuardedBy("committing")
  private void syncName() throws IOException {
    try {
      file.syncName();
      hasDurableName = true;
    } catch (IOException e) {
      if (table.holds(info)) {
        file.delete();
        created(false);
      }
      throw e;
    }
  }

  /**
   * Takes back what no good flush has seen, after one has failed, and corrects the row. What was
   * received is among it where it was being written over.
   */
  void lose() {
    committing.lock();
    try {
      takeBack(null);
    } finally {
      committing.unlock();
    }
  }

  /**
   * Takes back what lies beyond the end of a file that is shorter than what was received: it has to
   * come again.
   */
  void loseBeyond(long end) {
    committing.lock();
    try {
      ByteRanges beyond = new ByteRanges();
      beyond.add(end, info.size());
      takeBack(beyond);
    } finally {
      committing.unlock();
    }
  }

  /**
   * Takes back received bytes, with all that was written and not received, and corrects the row.
   *
   * @param gone those that are gone; null for what no good flush has seen
   */
  @GuardedBy("committing")
  private void takeBack(ByteRanges gone) {
    String text;
    synchronized (this) {
      long before = seen.total();
      long sure = received.total();
      ByteRanges unsure = unflushed.lose();
      if (gone != null || file.mayLoseWhatWasKept()) {
        received.removeAll(gone == null ? unsure : gone);
      }
      written.clear();
      seen.clear();
      seen.addAll(received);
      afterLoss.accept(received.copy());
      disk.release(info.token(), before - seen.total());
      isRowStale |= sure != received.total();
      if (!isRowStale) {
        return;
      }
      text = received.toString();
    }
    table.received(info, text, List.of());
    isRowStale = false;
  }

  /** Waits for a commit under way, after which the file may be moved or deleted. */
  void close() {
    committing.lock();
    try {
      synchronized (this) {
        closed = true;
      }
    } finally {
      committing.unlock();
    }
  }

  /**
   * Takes no more, if nothing has come since that time; a commit under way is not waited for.
   *
   * @return false when it goes on, or was closed already
   */
  synchronized boolean closeIfUntouchedSince(Instant before) {
    if (closed || !touched.isBefore(before)) {
      return false;
    }
    closed = true;
    return true;
  }

  /** Takes bytes again, as what it was closed for has failed. */
  synchronized void reopen() {
    closed = false;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether all these bytes were received, and more can be added. */
  synchronized boolean covers(long first, long end) {
    return !closed && received.covers(first, end);
  }

  /** Whether all these bytes were received. */
  synchronized boolean includes(long first, long end) {
    return received.covers(first, end);
  }

  /** Whether all these bytes were written, though maybe not received. */
  synchronized boolean hasSeen(long first, long end) {
    return !closed && seen.covers(first, end);
  }

  /** Those of a stretch that were written, though maybe not received. */
  synchronized ByteRanges seen(long first, long end) {
    return seen.within(first, end);
  }

  /** Whether every byte of the file was received. */
  synchronized boolean isWhole() {
    return !info.isDeferred() && received.covers(0, info.size());
  }

  /** How many bytes were received from the start on without a gap. */
  synchronized long prefix() {
    return received.prefix();
  }

  /** How many bytes were written from the start on without a gap. */
  synchronized long seenPrefix() {
    return seen.prefix();
  }

  /** The byte after the last one that was written. */
  synchronized long end() {
    return seen.end();
  }

  /** How many stretches without a gap there are. */
  synchronized int stretches() {
    return seen.count();
  }

  /** Those that were received, as they are now. */
  synchronized ByteRanges now() {
    return received.copy();
  }

  /** Bytes that were written. */
  synchronized long total() {
    return seen.total();
  }

  /** When something came for the last time. */
  synchronized Instant touched() {
    return touched;
  }

  synchronized void touch() {
    touched = clock.instant();
  }

  /** The same, but false once it is closed. */
  synchronized boolean touchIfOpen() {
    touched = clock.instant();
    return !closed;
  }
}
