package slipway.photo;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import slipway.db.RowReader;

/**
 * The renditions of a photo.
 *
 * @param state their state
 * @param bytes of each one; without those that are not known
 * @param dimensions of those that have others than the photo gives them
 * @param video of a video, its copy that every browser plays
 */
public record RenditionFiles(
    RenditionState state,
    Map<RenditionSize, Long> bytes,
    Map<RenditionSize, RenditionSize.Dimensions> dimensions,
    WebVideo video) {
  static RenditionFiles of(RowReader row) throws SQLException {
    Map<RenditionSize, Long> bytes = new EnumMap<>(RenditionSize.class);
    Map<RenditionSize, RenditionSize.Dimensions> dimensions = new EnumMap<>(RenditionSize.class);
    for (String stored : row.texts("rendition_sizes")) {
      String[] part = stored.split(":", 3);
      RenditionSize size = RenditionSize.valueOf(part[0].toUpperCase(Locale.ROOT));
      bytes.put(size, Long.valueOf(part[1]));
      if (part.length == 3) {
        String[] side = part[2].split("x", 2);
        dimensions.put(
            size,
            new RenditionSize.Dimensions(Integer.parseInt(side[0]), Integer.parseInt(side[1])));
      }
    }
    return new RenditionFiles(
        row.constant("rendition_state", RenditionState.class), bytes, dimensions, WebVideo.of(row));
  }

  /** Bytes, and dimensions where they are given, of each rendition as a row has them. */
  static String stored(
      Map<RenditionSize, Long> bytes, Map<RenditionSize, RenditionSize.Dimensions> dimensions) {
    return bytes.entrySet().stream()
        .map(
            each -> {
              RenditionSize.Dimensions given = dimensions.get(each.getKey());
              String sides = given == null ? "" : ":" + given.width() + "x" + given.height();
              return each.getKey().id() + ":" + each.getValue() + sides;
            })
        .collect(joining(","));
  }
}
