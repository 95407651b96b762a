package slipway.upload.resumable;

/**
 * What one connection writes to an upload's file, byte after byte. Not for several threads at a
 * time.
 */
final class Stretch {
  private final long first;
  private final long end;
  private final long losses;
  private long added;
  private long claimed;

  /**
   * A stretch of which nothing has been written yet.
   *
   * @param end the byte after the last that may be written
   * @param losses how many flushes of the file have failed before
   */
  Stretch(long first, long end, long losses) {
    this.first = first;
    this.end = end;
    this.losses = losses;
    this.added = first;
  }

  long first() {
    return first;
  }

  long end() {
    return end;
  }

  long losses() {
    return losses;
  }

  /** The bytes to before this one have been written: what follows is written after them. */
  void added(long to) {
    added = to;
  }

  /** Says that room is taken for so many more of its bytes. */
  void claimed(long bytes) {
    claimed += bytes;
  }

  /** The room that was taken: the bytes count as there, or none will come any more. */
  long unclaim() {
    long all = claimed;
    claimed = 0;
    return all;
  }

  /** The first byte that may yet be written. */
  long next() {
    return added;
  }
}
