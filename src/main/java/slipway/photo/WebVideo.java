package slipway.photo;

import java.sql.SQLException;
import slipway.db.RowReader;

/**
 * The copy of a video that every browser plays.
 *
 * @param state how far it is
 * @param reason why the video needs one, as by its codec, or why there will be none; may be empty
 * @param width pixels; null when it is not there
 * @param height pixels; null when it is not there
 * @param bytes its size; null when it is not there
 */
public record WebVideo(VideoState state, String reason, Integer width, Integer height, Long bytes) {
  /** Its name in addresses and replies. */
  public static final String NAME = "video_medium";

  /** Its name among the files of its version. */
  public static final String FILE = "video";

  /** Its MIME type. */
  public static final String TYPE = "video/mp4";

  static WebVideo of(RowReader row) throws SQLException {
    return new WebVideo(
        row.constant("video_state", VideoState.class),
        row.text("video_reason"),
        row.integerOrNull("video_width"),
        row.integerOrNull("video_height"),
        row.numberOrNull("video_bytes"));
  }

  /** Whether it is there. */
  public boolean isMade() {
    return state == VideoState.DONE;
  }
}
