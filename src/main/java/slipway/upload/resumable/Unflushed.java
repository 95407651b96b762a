package slipway.upload.resumable;

import java.util.ArrayList;
import java.util.List;

/**
 * What may have been written to a file since its last good flush: by connections that still write,
 * too. Not for several threads at a time.
 */
final class Unflushed {
  private final List<Stretch> open = new ArrayList<>();

  /** What was begun before the flush under way, or the next one. */
  private ByteRanges before = new ByteRanges();

  /** What may be written after the flush under way began. */
  private ByteRanges after = new ByteRanges();

  private long losses;

  Stretch begin(long first, long end) {
    Stretch stretch = new Stretch(first, end, losses);
    open.add(stretch);
    before.add(first, end);
    after.add(first, end);
    return stretch;
  }

  void leave(Stretch stretch) {
    open.remove(stretch);
  }

  /** A flush begins: it takes what has been written so far. */
  void flushing() {
    after = ofOpen();
  }

  /** The flush was good. */
  void flushed() {
    before = after;
    after = before.copy();
  }

  /** A flush has failed: gives what it may have taken with it. */
  ByteRanges lose() {
    losses++;
    ByteRanges lost = before;
    before = ofOpen();
    after = before.copy();
    return lost;
  }

  private ByteRanges ofOpen() {
    ByteRanges all = new ByteRanges();
    open.forEach(stretch -> all.add(stretch.next(), stretch.end()));
    return all;
  }

  /** How many flushes have failed. */
  long losses() {
    return losses;
  }

  boolean hasLost(Stretch stretch) {
    return stretch.losses() != losses;
  }
}
