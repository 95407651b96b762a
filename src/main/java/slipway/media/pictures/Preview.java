package slipway.media.pictures;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file as a picture: what renditions are made from. It is upright, in sRGB, 8 bits, as wide as
 * was requested at most unless it would be too low, with alpha only where something shows through,
 * and carries no metadata of the file. For one thread at a time.
 */
public final class Preview {
  private static final int MOST_HEIGHT = 65_500;

  /** How many times as large is what a rendition is made from, so that it is as sharp. */
  private static final int LEAST_TIMES = 2;

  private final Pixels pixels;
  private final MediaFacts facts;
  private final Encoder encoder;

  /** All of the picture in other sizes, as they were made. */
  private final List<Pixels> smaller = new ArrayList<>();

  Preview(Pixels pixels, MediaFacts facts, Encoder encoder) {
    this.pixels = pixels;
    this.facts = facts;
    this.encoder = encoder;
  }

  /** The picture. */
  public BufferedImage image() {
    return pixels.image(ColorSpace.getInstance(ColorSpace.CS_sRGB));
  }

  /** Of the file; width and height are there. */
  public MediaFacts facts() {
    return facts;
  }

  /**
   * Writes a rendition as a file: JPEG, or PNG where the picture has alpha. It is made from a
   * larger one, where that was written before: those from the largest to the smallest cost least.
   *
   * @param width pixels; of a picture that is far higher than wide, less when it must be
   * @param height pixels, likewise
   * @param crop whether to cut what does not fit, from the middle; false when width and height have
   *     the picture's own proportions
   * @param out gets the file; it is not closed
   */
  public void rendition(int width, int height, boolean crop, OutputStream out) throws IOException {
    if (crop) {
      Pixels source = source(width, height);
      encoder.write(source.scaled(Window.middle(source, width, height), width, height), out);
      return;
    }
    Pixels made = whole(fit(width, height, width), fit(width, height, height));
    encoder.write(made, out);
  }

  private Pixels whole(int width, int height) {
    if (width == pixels.width() && height == pixels.height()) {
      return pixels;
    }
    Pixels source = source(width, height);
    Pixels made = source.scaled(Window.all(source), width, height);
    smaller.add(made);
    return made;
  }

  /** The smallest that is large enough. */
  private Pixels source(int width, int height) {
    return smaller.stream()
        .filter(one -> one.width() >= LEAST_TIMES * width && one.height() >= LEAST_TIMES * height)
        .min(Comparator.comparingInt(Pixels::width))
        .orElse(pixels);
  }

  /** A side of a rendition, when it is made no larger than the image nor than a JPEG can be. */
  private int fit(int width, int height, int side) {
    double most = Math.min((double) pixels.width() / width, (double) MOST_HEIGHT / height);
    return most >= 1 ? side : (int) Math.max(1, Math.round(side * most));
  }
}
