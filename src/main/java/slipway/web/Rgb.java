package slipway.web;

import java.util.stream.DoubleStream;

/**
 * A colour of sRGB.
 *
 * @param red from 0 to 255, as are the others
 */
record Rgb(int red, int green, int blue) {
  static final Rgb WHITE = new Rgb(255, 255, 255);
  static final Rgb BLACK = new Rgb(0, 0, 0);

  private static final double STEP = 0.02;

  /** The one of a number such as {@code 0x0b6bcb}. */
  static Rgb of(int number) {
    return new Rgb(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
  }

  /** Its contrast with another, from 1 to 21 (WCAG 2.2, contrast ratio). */
  double contrast(Rgb other) {
    double one = luminance() + 0.05;
    double two = other.luminance() + 0.05;
    return Math.max(one, two) / Math.min(one, two);
  }

  /** How light it is, from 0 to 1 (WCAG 2.2, relative luminance). */
  private double luminance() {
    double[] linear =
        DoubleStream.of(red, green, blue)
            .map(each -> each / 255)
            .map(each -> each <= 0.04045 ? each / 12.92 : Math.pow((each + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  /**
   * It with a share of another.
   *
   * @param share from 0, none of the other, to 1
   */
  Rgb mixed(Rgb other, double share) {
    return new Rgb(
        mixed(red, other.red, share),
        mixed(green, other.green, share),
        mixed(blue, other.blue, share));
  }

  private static int mixed(int one, int other, double share) {
    return (int) Math.round(one + (other - one) * share);
  }

  /**
   * The one nearest to it, on the way to another, that is told from that ground as far as asked.
   */
  Rgb towards(Rgb other, Rgb ground, double contrast) {
    double share = 0;
    while (share < 1 && mixed(other, share).contrast(ground) < contrast) {
      share += STEP;
    }
    return mixed(other, Math.min(1, share));
  }

  /** As CSS has it. */
  @Override
  public String toString() {
    return "#%02x%02x%02x".formatted(red, green, blue);
  }
}
