package slipway.photo;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slipway.db.RowReader;

/**
 * What there is of a photo's renditions.
 *
 * @param state how far they are
 * @param bytes of each one; without those that are not known
 */
public record RenditionFiles(RenditionState state, Map<RenditionSize, Long> bytes) {
  static RenditionFiles of(RowReader row) throws SQLException {
    return new RenditionFiles(
        row.constant("rendition_state", RenditionState.class), bytes(row.texts("rendition_sizes")));
  }

  private static Map<RenditionSize, Long> bytes(List<String> stored) {
    Map<RenditionSize, Long> bytes = new EnumMap<>(RenditionSize.class);
    for (String each : stored) {
      String[] pair = each.split(":", 2);
      bytes.put(RenditionSize.valueOf(pair[0].toUpperCase(Locale.ROOT)), Long.valueOf(pair[1]));
    }
    return bytes;
  }

  /** The bytes of each rendition as a row has them. */
  static String stored(Map<RenditionSize, Long> bytes) {
    return bytes.entrySet().stream()
        .map(each -> each.getKey().id() + ":" + each.getValue())
        .collect(joining(","));
  }
}
