package slipway.rendition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.media.LocalFile;
import slipway.media.decoder.DecodedPicture;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionSize;

/**
 * The renditions of one picture, which are there until it is closed.
 *
 * @param files each by its name
 * @param bytes of each
 * @param dimensions of each
 */
record RenditionSet(
    Map<String, LocalFile> files,
    Map<RenditionSize, Long> bytes,
    Map<RenditionSize, RenditionSize.Dimensions> dimensions) {
  /** So each rendition is made from a larger one. */
  private static final List<RenditionSize> LARGEST_FIRST =
      Arrays.stream(RenditionSize.values())
          .sorted(
              Comparator.comparing(RenditionSize::isSquare)
                  .thenComparing(RenditionSize::most, Comparator.reverseOrder()))
          .toList();

  /**
   * Makes them all.
   *
   * @param width pixels of what they are renditions of
   * @param height pixels of that
   * @param crop whether the picture is cut to those proportions, from the middle; false when it has
   *     them
   */
  static RenditionSet of(DecodedPicture picture, int width, int height, boolean crop)
      throws IOException, NoPreviewException, InterruptedException {
    Map<String, LocalFile> files = new LinkedHashMap<>();
    Map<RenditionSize, Long> bytes = new EnumMap<>(RenditionSize.class);
    Map<RenditionSize, RenditionSize.Dimensions> dimensions = new EnumMap<>(RenditionSize.class);
    for (RenditionSize size : LARGEST_FIRST) {
      RenditionSize.Dimensions fitting = size.of(width, height);
      Path file =
          picture.rendition(size.id(), fitting.width(), fitting.height(), crop || size.isSquare());
      files.put(size.id(), new LocalFile(file, () -> {}));
      bytes.put(size, Files.size(file));
      dimensions.put(size, fitting);
    }
    return new RenditionSet(files, bytes, dimensions);
  }
}
