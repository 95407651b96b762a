package slipway.media.pictures;

/**
 * The size of a picture and of what is made of it.
 *
 * @param canvas all of the picture, as it lies
 * @param width pixels of what is made, as the picture lies
 * @param height pixels of that
 * @param upright how it is turned
 */
record Shape(Canvas canvas, int width, int height, Upright upright) {
  /** The short side that is kept at least, so that squares can be cut from a panorama. */
  private static final int SHORT_SIDE = 200;

  /** What is made of a picture that is to have that width at most, as it is shown. */
  static Shape of(Canvas canvas, Upright upright, int maxWidth) {
    int shown = upright.isSideways() ? canvas.height() : canvas.width();
    int shortSide = Math.min(canvas.width(), canvas.height());
    double scale = Math.max((double) maxWidth / shown, (double) SHORT_SIDE / shortSide);
    return new Shape(canvas, side(canvas.width(), scale), side(canvas.height(), scale), upright);
  }

  private static int side(int pixels, double scale) {
    return scale >= 1 ? pixels : (int) Math.max(1, Math.round(pixels * scale));
  }

  /** That size, of a picture that is upright. */
  static Shape of(int width, int height) {
    return new Shape(Canvas.of(width, height), width, height, new Upright(1));
  }

  /** The same, when no more pixels were decoded than that. */
  Shape within(int mostWidth, int mostHeight) {
    return new Shape(canvas, Math.min(width, mostWidth), Math.min(height, mostHeight), upright);
  }

  int shownWidth() {
    return upright.isSideways() ? canvas.height() : canvas.width();
  }

  int shownHeight() {
    return upright.isSideways() ? canvas.width() : canvas.height();
  }

  /** Whether a JPEG says the same of its size. */
  boolean isOf(JpegHead head) {
    return head.width() == canvas.width() && head.height() == canvas.height();
  }

  /** What is made, upright, when nothing is in it yet. */
  Pixels pixels(int samples) {
    return upright.isSideways()
        ? Pixels.empty(height, width, samples)
        : Pixels.empty(width, height, samples);
  }

  /** Where the picture's pixels go in that. */
  Plane plane(Pixels made) {
    return upright.plane(made.bytes(), width, height, made.samples());
  }
}
