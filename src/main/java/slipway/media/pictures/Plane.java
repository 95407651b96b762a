package slipway.media.pictures;

/**
 * Where the samples of a picture go: to bytes, in any direction.
 *
 * @param bytes gets them
 * @param origin where the first sample of the first pixel is
 * @param across from a pixel to the next one in its line, which may be negative
 * @param down from a line to the next one, likewise
 * @param samples of each pixel, which follow one another: 1 to 3
 */
record Plane(byte[] bytes, int origin, int across, int down, int samples) {
  /** Sets a pixel. */
  void set(int at, long pixel) {
    bytes[at] = (byte) pixel;
    if (samples == 3) {
      bytes[at + 1] = (byte) Lanes.lane(pixel, 1);
      bytes[at + 2] = (byte) Lanes.lane(pixel, 2);
    }
  }

  /** Where some of the samples go, from one of them on. */
  Plane part(int first, int count) {
    return new Plane(bytes, origin + first, across, down, count);
  }
}
