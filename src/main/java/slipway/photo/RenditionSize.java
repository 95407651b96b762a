package slipway.photo;

import java.util.Locale;

/** The renditions of a photo and how large each is; one is never larger than the original. */
public enum RenditionSize {
  QUAD16(16, true),
  QUAD50(50, true),
  QUAD75(75, true),
  QUAD100(100, true),
  SMALL(200, false),
  MEDIUM(260, false),
  PORTRAIT(300, false),
  STANDARD(600, false),
  LARGE(1280, false);

  private final int most;
  private final boolean square;

  RenditionSize(int most, boolean square) {
    this.most = most;
    this.square = square;
  }

  /**
   * A size in pixels.
   *
   * @param width at least 1
   * @param height at least 1
   */
  public record Dimensions(int width, int height) {}

  /** The name in addresses and replies, such as {@code quad16}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Pixels of its width at most; of a square one, of each side. */
  public int most() {
    return most;
  }

  /** Whether it is cut to a square, from the middle. */
  public boolean isSquare() {
    return square;
  }

  /**
   * Its size for an original of that size, in pixels as shown: upright, after the camera's
   * orientation.
   */
  public Dimensions of(int width, int height) {
    if (square) {
      int side = Math.min(most, Math.min(width, height));
      return new Dimensions(side, side);
    }
    if (width <= most) {
      return new Dimensions(width, height);
    }
    return new Dimensions(most, (int) Math.max(1, Math.round((double) height * most / width)));
  }
}
