package slipway.photo;

import java.sql.SQLException;
import slipway.db.RowReader;

/**
 * Which timed texts a video has.
 *
 * @param subtitles whether it has subtitles
 * @param sections whether it has sections
 */
public record TextTracks(boolean subtitles, boolean sections) {
  static TextTracks of(RowReader row) throws SQLException {
    return new TextTracks(row.flag("has_subtitles"), row.flag("has_sections"));
  }
}
