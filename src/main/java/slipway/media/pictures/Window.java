package slipway.media.pictures;

/** A part of a picture, in pixels of it. */
record Window(int left, int top, int width, int height) {
  /** The largest part of those proportions, from the middle. */
  static Window middle(Pixels all, int width, int height) {
    boolean isTooWide = (long) all.width() * height > (long) all.height() * width;
    int partWidth = isTooWide ? part(all.height(), width, height) : all.width();
    int partHeight = isTooWide ? all.height() : part(all.width(), height, width);
    return new Window(
        (all.width() - partWidth) / 2, (all.height() - partHeight) / 2, partWidth, partHeight);
  }

  private static int part(int side, int one, int other) {
    return (int) Math.max(1, Math.round((double) side * one / other));
  }

  static Window all(Pixels all) {
    return new Window(0, 0, all.width(), all.height());
  }
}
