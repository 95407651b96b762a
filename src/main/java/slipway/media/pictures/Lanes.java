package slipway.media.pictures;

import java.util.Arrays;

/**
 * Three samples of a pixel in one number, 21 bits each, so that one addition or multiplication does
 * the work of three. Sums of weighted samples may be negative in between, but not at the end: then
 * each lane has its own bits again.
 */
final class Lanes {
  /** What the weights of a sum add up to, as a number of bits: there is room for 8 more. */
  static final int WEIGHT_BITS = 12;

  private static final int BITS = 21;
  private static final long ONE_OF_EACH = 1L | 1L << BITS | 1L << 2 * BITS;

  /** How far a sum may be below 0 or above 255. */
  private static final int OVER = 128;

  private static final int MOST = 255 + 2 * OVER;
  private static final long[] CLAMPED = new long[1 << BITS - WEIGHT_BITS];

  static {
    for (int i = 0; i < CLAMPED.length; i++) {
      CLAMPED[i] = Math.max(0, Math.min(255, Math.min(i, MOST) - OVER));
    }
  }

  private Lanes() {}

  /** A pixel of three samples, none of them negative. */
  static long of(int first, int second, int third) {
    return first | (long) second << BITS | (long) third << 2 * BITS;
  }

  /** Of 0 for the first lane, to 2 for the last. */
  static int lane(long pixel, int lane) {
    return (int) (pixel >>> lane * BITS) & (1 << BITS) - 1;
  }

  /** Begins sums of weighted pixels: they are rounded, and none of their lanes is negative. */
  static void begin(long[] sums) {
    Arrays.fill(sums, begun());
  }

  /** The same for one sum. */
  static long begun() {
    return ONE_OF_EACH * ((OVER << WEIGHT_BITS) + (1 << WEIGHT_BITS - 1));
  }

  /** The pixel of a sum, with samples from 0 to 255. */
  static long end(long sum) {
    return CLAMPED[(int) (sum >>> WEIGHT_BITS) & CLAMPED.length - 1]
        | CLAMPED[(int) (sum >>> BITS + WEIGHT_BITS) & CLAMPED.length - 1] << BITS
        | CLAMPED[(int) (sum >>> 2 * BITS + WEIGHT_BITS) & CLAMPED.length - 1] << 2 * BITS;
  }

  /**
   * The mean of some pixels.
   *
   * @param sum of all of them
   * @param bits how many they are, as a power of two
   */
  static long mean(long sum, int bits) {
    return bits == 0 ? sum : sum + (ONE_OF_EACH << bits - 1) >>> bits & ONE_OF_EACH * 255;
  }

  /** The same of any number of pixels. */
  static long meanOf(long sum, int count) {
    return of(mean(sum, 0, count), mean(sum, 1, count), mean(sum, 2, count));
  }

  private static int mean(long sum, int lane, int count) {
    return (lane(sum, lane) + count / 2) / count;
  }
}
