package slipway.media.pictures;

import java.util.Arrays;

/**
 * Makes a picture smaller (or a little larger) while its lines come, so that few of them are held.
 * First the mean is taken of squares with sides of 2, 4, 8... pixels, as long as what is left is
 * half as large again as what is wanted; then a cubic makes the rest of the way, which keeps lines
 * sharp and patterns still.
 */
final class Shrink {
  /** What is left for the cubic at least: with less, it would blur some lines and not others. */
  private static final double LEAST_REST = 1.5;

  /** Sums of more pixels would not fit their lanes. */
  private static final int MOST_BITS = 12;

  private final int width;
  private final int height;
  private final int bitsAcross;
  private final int bitsDown;
  private final long[] sums;
  private final long[] row;
  private final Weights horizontal;
  private final Weights vertical;

  /** The lines that are begun; each has a place by its number. */
  private final long[][] begun;

  private final Plane to;
  private final boolean isCopy;
  private int taken;
  private int cells;

  /** The first new line that is not done, and the first that is not begun. */
  private int first;

  private int next;

  /**
   * Of a picture of that many pixels.
   *
   * @param to where the new ones go
   */
  Shrink(int width, int height, Shape shape, Plane to) {
    this.width = width;
    this.height = height;
    this.to = to;
    this.isCopy = width == shape.width() && height == shape.height();
    int across = bits((double) width / shape.width());
    int down = bits((double) height / shape.height());
    this.bitsAcross = Math.min(across, Math.max(MOST_BITS / 2, MOST_BITS - down));
    this.bitsDown = Math.min(down, MOST_BITS - bitsAcross);
    this.sums = new long[cells(width, bitsAcross)];
    this.row = bitsAcross + bitsDown == 0 ? sums : new long[sums.length];
    this.horizontal = Weights.of(sums.length, (double) width / (1 << bitsAcross), shape.width());
    this.vertical =
        Weights.of(cells(height, bitsDown), (double) height / (1 << bitsDown), shape.height());
    this.begun = new long[most(vertical)][sums.length];
  }

  private static int cells(int pixels, int bits) {
    return (pixels + (1 << bits) - 1) >> bits;
  }

  private static int bits(double ratio) {
    int bits = 0;
    while (bits < MOST_BITS && ratio >= LEAST_REST * (2 << bits)) {
      bits++;
    }
    return bits;
  }

  /** How many new lines an old one has a part in at most. */
  private static int most(Weights weights) {
    int most = 1;
    int first = 0;
    for (int i = 0; i < weights.from().length; i++) {
      while (weights.from()[first] + weights.taps() <= weights.from()[i]) {
        first++;
      }
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  /** From the first line anew. */
  void restart() {
    Arrays.fill(sums, 0);
    taken = 0;
    cells = 0;
    first = 0;
    next = 0;
  }

  /** Takes the next line, of three samples a pixel, one after another. */
  void take(byte[] line) {
    if (row == sums) {
      for (int x = 0, at = 0; x < width; x++, at += 3) {
        sums[x] = Lanes.of(line[at] & 0xff, line[at + 1] & 0xff, line[at + 2] & 0xff);
      }
    } else {
      addSquares(line);
    }
    taken();
  }

  private void addSquares(byte[] line) {
    int side = 1 << bitsAcross;
    int whole = width >> bitsAcross;
    int at = 0;
    for (int x = 0; x < whole; x++) {
      int first = 0;
      int second = 0;
      int third = 0;
      for (int end = at + 3 * side; at < end; at += 3) {
        first += line[at] & 0xff;
        second += line[at + 1] & 0xff;
        third += line[at + 2] & 0xff;
      }
      sums[x] += Lanes.of(first, second, third);
    }
    for (; at < 3 * width; at += 3) {
      sums[whole] += Lanes.of(line[at] & 0xff, line[at + 1] & 0xff, line[at + 2] & 0xff);
    }
  }

  /** Takes the next line, whose samples are in lanes. */
  void take(long[] line) {
    if (row == sums) {
      System.arraycopy(line, 0, sums, 0, width);
    } else {
      for (int x = 0; x < width; x++) {
        sums[x >> bitsAcross] += line[x];
      }
    }
    taken();
  }

  private void taken() {
    taken++;
    if (taken == height || (taken & (1 << bitsDown) - 1) == 0) {
      if (row != sums) {
        endSquares(taken - (cells << bitsDown));
      }
      if (isCopy) {
        copy(to.origin() + cells * to.down());
      } else {
        cell();
      }
      cells++;
    }
  }

  private void endSquares(int lines) {
    int side = 1 << bitsAcross;
    int whole = lines == 1 << bitsDown ? width >> bitsAcross : 0;
    for (int x = 0; x < whole; x++) {
      row[x] = Lanes.mean(sums[x], bitsAcross + bitsDown);
      sums[x] = 0;
    }
    for (int x = whole; x < sums.length; x++) {
      row[x] = Lanes.meanOf(sums[x], lines * Math.min(side, width - (x << bitsAcross)));
      sums[x] = 0;
    }
  }

  private void copy(int at) {
    for (int x = 0, place = at; x < width; x++, place += to.across()) {
      to.set(place, row[x]);
    }
  }

  /** Adds a line of squares to the new lines that it has a part in. */
  private void cell() {
    int taps = vertical.taps();
    while (next < vertical.from().length && vertical.from()[next] <= cells) {
      Lanes.begin(begun[next % begun.length]);
      next++;
    }
    for (int y = first; y < next; y++) {
      add(vertical.values()[y * taps + cells - vertical.from()[y]], begun[y % begun.length], row);
    }
    while (first < next && vertical.from()[first] + taps - 1 == cells) {
      end(begun[first % begun.length], to.origin() + first * to.down());
      first++;
    }
  }

  private static void add(int weight, long[] sums, long[] row) {
    if (weight == 0) {
      return;
    }
    for (int x = 0; x < row.length; x++) {
      sums[x] += weight * row[x];
    }
  }

  /** Ends a new line, whose first pixel goes there. */
  private void end(long[] line, int at) {
    for (int x = 0; x < line.length; x++) {
      line[x] = Lanes.end(line[x]);
    }
    int[] from = horizontal.from();
    int[] values = horizontal.values();
    int taps = horizontal.taps();
    int value = 0;
    int place = at;
    for (int x = 0; x < from.length; x++) {
      long sum = Lanes.begun();
      int old = from[x];
      for (int end = value + taps; value < end; value++, old++) {
        sum += values[value] * line[old];
      }
      to.set(place, Lanes.end(sum));
      place += to.across();
    }
  }
}
