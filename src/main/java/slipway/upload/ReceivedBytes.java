package slipway.upload;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import slipway.media.PartialFile;

/**
 * Which bytes of an upload are there, and for sure: first the bytes are flushed, then their ranges
 * are committed, those that wait at the same time together. Closed, it takes and commits no more.
 * For many threads.
 */
final class ReceivedBytes {
  private final UploadInfo info;
  private final ByteRanges ranges;
  private final PartialFile file;
  private final UploadTable table;
  private final DiskUse disk;
  private final Clock clock;
  private final Object committing = new Object();
  private Instant touched;
  private long version;
  private long durable;
  private boolean closed;

  /** Those that an upload's row tells of, and what is added to them. */
  ReceivedBytes(
      UploadTable.Row row, PartialFile file, UploadTable table, DiskUse disk, Clock clock) {
    this.info = row.info();
    this.ranges = row.received();
    this.touched = row.touched();
    this.file = file;
    this.table = table;
    this.disk = disk;
    this.clock = clock;
  }

  /** Adds the bytes from {@code first} to before {@code end}, which have been written. */
  synchronized void add(long first, long end) {
    if (!closed) {
      disk.add(info.token(), ranges.add(first, end));
      version++;
    }
  }

  /** Makes all that was added durable; who comes while that is done shares the next flush. */
  void commit() throws IOException {
    long wanted;
    synchronized (this) {
      wanted = version;
    }
    synchronized (committing) {
      if (durable >= wanted) {
        return;
      }
      String text;
      long taken;
      synchronized (this) {
        if (closed) {
          return;
        }
        text = ranges.toString();
        taken = version;
        touched = clock.instant();
      }
      file.sync();
      table.received(info.id(), text);
      durable = taken;
    }
  }

  /** Waits for a commit under way, after which the file may be moved or deleted. */
  void close() {
    synchronized (committing) {
      synchronized (this) {
        closed = true;
      }
    }
  }

  /** Takes bytes again, as what it was closed for has failed. */
  synchronized void reopen() {
    closed = false;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether all these bytes are there, and more can be added. */
  synchronized boolean covers(long first, long end) {
    return !closed && ranges.covers(first, end);
  }

  /** Whether every byte of the file is there. */
  synchronized boolean isWhole() {
    return ranges.covers(0, info.size());
  }

  /** How many bytes are there from the start on without a gap. */
  synchronized long prefix() {
    return ranges.prefix();
  }

  /** The byte after the last one that is there. */
  synchronized long end() {
    return ranges.end();
  }

  /** How many stretches without a gap there are. */
  synchronized int stretches() {
    return ranges.count();
  }

  synchronized long total() {
    return ranges.total();
  }

  /** When something came for the last time. */
  synchronized Instant touched() {
    return touched;
  }

  synchronized void touch() {
    touched = clock.instant();
  }
}
