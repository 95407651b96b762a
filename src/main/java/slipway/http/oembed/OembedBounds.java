package slipway.http.oembed;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.photo.ListedPhoto;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionSize.Dimensions;

/**
 * How large what is embedded may be.
 *
 * @param width pixels at most
 * @param height pixels at most
 */
record OembedBounds(int width, int height) {
  /** The largest uncropped rendition within these bounds; empty for none. */
  Optional<RenditionSize> largest(ListedPhoto listed) {
    return Stream.of(RenditionSize.values())
        .filter(size -> !size.isSquare())
        .filter(size -> takes(dimensions(listed, size)))
        .max(Comparator.comparingInt(RenditionSize::most));
  }

  /** How large a rendition is; the photo's own size is known. */
  static Dimensions dimensions(ListedPhoto listed, RenditionSize size) {
    Dimensions known = listed.renditions().dimensions().get(size);
    return known == null ? size.of(listed.photo().width(), listed.photo().height()) : known;
  }

  /** That size, reduced to fit if necessary, with its proportions kept. */
  Dimensions fit(int ownWidth, int ownHeight) {
    double scale = Math.min(1, Math.min((double) width / ownWidth, (double) height / ownHeight));
    return new Dimensions(
        Math.max(1, (int) (ownWidth * scale)), Math.max(1, (int) (ownHeight * scale)));
  }

  private boolean takes(Dimensions size) {
    return size.width() <= width && size.height() <= height;
  }
}
