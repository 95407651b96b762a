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
  private final boolean hasSquares;
  private final long[] sums;
  private final Weights horizontal;
  private final Weights vertical;

  /** The last lines, as many as a new one is made of; each has its place by its number. */
  private final long[][] lines;

  private final long[] line;
  private final Plane to;
  private final boolean isCopy;
  private int taken;
  private int cells;

  /** The next new line. */
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
    this.hasSquares = bitsAcross + bitsDown > 0;
    this.sums = new long[cells(width, bitsAcross)];
    this.line = new long[sums.length];
    this.horizontal = Weights.of(sums.length, (double) width / (1 << bitsAcross), shape.width());
    this.vertical =
        Weights.of(cells(height, bitsDown), (double) height / (1 << bitsDown), shape.height());
    this.lines = new long[vertical.taps()][sums.length];
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

  /** From the first line again. */
  void restart() {
    Arrays.fill(sums, 0);
    taken = 0;
    cells = 0;
    next = 0;
  }

  /** Takes the next line, of three samples a pixel, one after another. */
  void take(byte[] samples) {
    if (hasSquares) {
      addSquares(samples);
    } else {
      long[] last = last();
      for (int x = 0, at = 0; x < width; x++, at += 3) {
        last[x] = Lanes.of(samples[at] & 0xff, samples[at + 1] & 0xff, samples[at + 2] & 0xff);
      }
    }
    taken();
  }

  private long[] last() {
    return lines[cells % lines.length];
  }

  private void addSquares(byte[] samples) {
    int side = 1 << bitsAcross;
    int whole = width >> bitsAcross;
    int at = 0;
    for (int x = 0; x < whole; x++) {
      int first = 0;
      int second = 0;
      int third = 0;
      for (int end = at + 3 * side; at < end; at += 3) {
        first += samples[at] & 0xff;
        second += samples[at + 1] & 0xff;
        third += samples[at + 2] & 0xff;
      }
      sums[x] += Lanes.of(first, second, third);
    }
    for (; at < 3 * width; at += 3) {
      sums[whole] += Lanes.of(samples[at] & 0xff, samples[at + 1] & 0xff, samples[at + 2] & 0xff);
    }
  }

  /** Takes the next line, whose samples are in lanes. */
  void take(long[] pixels) {
    if (hasSquares) {
      for (int x = 0; x < width; x++) {
        sums[x >> bitsAcross] += pixels[x];
      }
    } else {
      System.arraycopy(pixels, 0, last(), 0, width);
    }
    taken();
  }

  private void taken() {
    taken++;
    if (taken == height || (taken & (1 << bitsDown) - 1) == 0) {
      if (hasSquares) {
        endSquares(taken - (cells << bitsDown));
      }
      if (isCopy) {
        copy(to.origin() + cells * to.down());
      } else {
        endLines();
      }
      cells++;
    }
  }

  private void endSquares(int count) {
    long[] last = last();
    int side = 1 << bitsAcross;
    int whole = count == 1 << bitsDown ? width >> bitsAcross : 0;
    for (int x = 0; x < whole; x++) {
      last[x] = Lanes.mean(sums[x], bitsAcross + bitsDown);
      sums[x] = 0;
    }
    for (int x = whole; x < sums.length; x++) {
      last[x] = Lanes.meanOf(sums[x], count * Math.min(side, width - (x << bitsAcross)));
      sums[x] = 0;
    }
  }

  private void copy(int at) {
    long[] last = last();
    for (int x = 0, place = at; x < width; x++, place += to.across()) {
      to.set(place, last[x]);
    }
  }

  /** Ends the new lines whose last old one is there. */
  private void endLines() {
    int taps = vertical.taps();
    while (next < vertical.from().length && vertical.from()[next] + taps - 1 == cells) {
      Lanes.begin(line);
      for (int tap = 0; tap < taps; tap += 4) {
        add(next * taps + tap, vertical.from()[next] + tap, Math.min(4, taps - tap));
      }
      end(to.origin() + next * to.down());
      next++;
    }
  }

  /** Adds up to four old lines at once, as a sum that is stored less often costs less. */
  private void add(int value, int from, int count) {
    int[] values = vertical.values();
    int weight0 = values[value];
    int weight1 = count > 1 ? values[value + 1] : 0;
    int weight2 = count > 2 ? values[value + 2] : 0;
    int weight3 = count > 3 ? values[value + 3] : 0;
    long[] line0 = lines[from % lines.length];
    long[] line1 = lines[(from + 1) % lines.length];
    long[] line2 = lines[(from + 2) % lines.length];
    long[] line3 = lines[(from + 3) % lines.length];
    for (int x = 0; x < line.length; x++) {
      line[x] += weight0 * line0[x] + weight1 * line1[x] + weight2 * line2[x] + weight3 * line3[x];
    }
  }

  /** Ends a new line, whose first pixel goes there. */
  private void end(int at) {
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
