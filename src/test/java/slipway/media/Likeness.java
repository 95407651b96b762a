package slipway.media;

import java.awt.image.BufferedImage;

/** How alike pictures are, and what an exact filter makes of one. */
final class Likeness {
  private static final int WINDOW = 8;
  private static final int STEP = 4;
  private static final double C1 = 6.5025;
  private static final double C2 = 58.5225;

  private Likeness() {}

  /** Structural similarity of red, green and blue (Wang and others, 2004): 1 for the same. */
  static double of(BufferedImage one, BufferedImage other) {
    int across = one.getWidth();
    int[] ones = one.getRGB(0, 0, across, one.getHeight(), null, 0, across);
    int[] others = other.getRGB(0, 0, across, one.getHeight(), null, 0, across);
    double sum = 0;
    int count = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      for (int y = 0; y + WINDOW <= one.getHeight(); y += STEP) {
        for (int x = 0; x + WINDOW <= one.getWidth(); x += STEP) {
          sum += window(ones, others, y * across + x, across, shift);
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double window(int[] ones, int[] others, int start, int across, int shift) {
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      int at = start + i / WINDOW * across + i % WINDOW;
      int p = ones[at] >> shift & 0xff;
      int q = others[at] >> shift & 0xff;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
    double n = WINDOW * WINDOW;
    double product = a / n * (b / n);
    double squares = a / n * (a / n) + b / n * (b / n);
    double variances = aa / n + bb / n - squares;
    return (2 * product + C1) * (2 * (ab / n - product) + C2) / ((squares + C1) * (variances + C2));
  }

  /** The picture in another size, by a Lanczos filter of three lobes in full precision. */
  static BufferedImage exact(BufferedImage image, int width, int height) {
    BufferedImage made = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int across = image.getWidth();
    int[] pixels = image.getRGB(0, 0, across, image.getHeight(), null, 0, across);
    for (int shift = 0; shift < 24; shift += 8) {
      double[][] samples = new double[image.getHeight()][across];
      for (int i = 0; i < pixels.length; i++) {
        samples[i / across][i % across] = pixels[i] >> shift & 0xff;
      }
      double[][] scaled = turned(scaled(turned(scaled(samples, width)), height));
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int level = (int) Math.round(Math.max(0, Math.min(255, scaled[y][x])));
          made.setRGB(x, y, made.getRGB(x, y) | level << shift);
        }
      }
    }
    return made;
  }

  private static double[][] scaled(double[][] rows, int width) {
    double scale = (double) rows[0].length / width;
    double stretch = Math.max(1, scale);
    double[][] made = new double[rows.length][width];
    for (int x = 0; x < width; x++) {
      double centre = (x + 0.5) * scale;
      int from = (int) Math.max(0, Math.floor(centre - 3 * stretch));
      int to = (int) Math.min(rows[0].length, Math.ceil(centre + 3 * stretch));
      double[] weights = new double[to - from];
      double all = 0;
      for (int i = from; i < to; i++) {
        weights[i - from] = lanczos((i + 0.5 - centre) / stretch);
        all += weights[i - from];
      }
      for (int y = 0; y < rows.length; y++) {
        double sum = 0;
        for (int i = from; i < to; i++) {
          sum += weights[i - from] * rows[y][i];
        }
        made[y][x] = sum / all;
      }
    }
    return made;
  }

  private static double lanczos(double x) {
    if (Math.abs(x) >= 3) {
      return 0;
    }
    double angle = Math.PI * x;
    return x == 0 ? 1 : 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
  }

  private static double[][] turned(double[][] rows) {
    double[][] made = new double[rows[0].length][rows.length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        made[x][y] = rows[y][x];
      }
    }
    return made;
  }
}
