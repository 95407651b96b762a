package slipway.media.pictures;

/**
 * How a picture is turned to stand upright.
 *
 * @param orientation 1 to 8 (Exif 2.32, tag 0x0112)
 */
record Upright(int orientation) {
  boolean isSideways() {
    return orientation >= 5;
  }

  /**
   * Where the pixels of a picture go, to bytes that hold it upright.
   *
   * @param width pixels of the picture as it lies
   * @param samples of each pixel
   */
  Plane plane(byte[] bytes, int width, int height, int samples) {
    int across = samples * (isSideways() ? height : 1);
    int down = samples * (isSideways() ? 1 : width);
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBelow =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int origin = (fromRight ? (width - 1) * across : 0) + (fromBelow ? (height - 1) * down : 0);
    return new Plane(
        bytes, origin, fromRight ? -across : across, fromBelow ? -down : down, samples);
  }
}
