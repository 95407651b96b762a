package slipway.media.pictures;

/**
 * How much each old pixel of a line has of each new one, by a cubic that is a little sharper than
 * that of Catmull and Rom: what it is used after has softened the line a little.
 *
 * @param from the first old pixel of each new one
 * @param taps how many old pixels a new one has
 * @param values of the first new pixel, then of the second, and so on; those of one add up to 1
 *     &lt;&lt; {@link Lanes#WEIGHT_BITS}
 */
record Weights(int[] from, int taps, int[] values) {
  private static final double SHARPNESS = 0.75;
  private static final double SUPPORT = 2;

  /**
   * From a line to one of another length.
   *
   * @param cells how many old pixels there are
   * @param extent how long the line is in these: the last one may be there in part
   * @param size how many new ones
   */
  static Weights of(int cells, double extent, int size) {
    double scale = extent / size;
    double reach = SUPPORT * Math.max(1, scale);
    int taps = Math.min(cells, (int) Math.ceil(2 * reach) + 1);
    Weights weights = new Weights(new int[size], taps, new int[size * taps]);
    for (int i = 0; i < size; i++) {
      weights.set(i, (i + 0.5) * scale, Math.max(1, scale), cells);
    }
    return weights;
  }

  private void set(int i, double centre, double stretch, int cells) {
    int start = (int) Math.floor(centre - SUPPORT * stretch);
    from[i] = Math.max(0, Math.min(cells - taps, start));
    double[] parts = new double[taps];
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      parts[tap] = cubic(Math.abs(from[i] + tap + 0.5 - centre) / stretch);
      sum += parts[tap];
    }
    int left = 1 << Lanes.WEIGHT_BITS;
    int largest = i * taps;
    for (int tap = 0; tap < taps; tap++) {
      int at = i * taps + tap;
      values[at] = (int) Math.round(parts[tap] / sum * (1 << Lanes.WEIGHT_BITS));
      left -= values[at];
      largest = values[at] > values[largest] ? at : largest;
    }
    values[largest] += left;
  }

  private static double cubic(double x) {
    if (x < 1) {
      return ((2 - SHARPNESS) * x - (3 - SHARPNESS)) * x * x + 1;
    }
    return x < 2 ? -SHARPNESS * (((x - 5) * x + 8) * x - 4) : 0;
  }
}
