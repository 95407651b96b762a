package slipway.http.photo;

import java.util.List;
import slipway.photo.Photo;
import slipway.photo.VideoState;
import slipway.photo.WebVideo;

/**
 * The names, from the platform's videos, of a file that browsers play: the copy of a video, or the
 * original if it needs none as far as its type tells.
 */
final class PlayableVideo {
  private static final List<String> MP4 = List.of("video_medium", "video_hd");
  private static final List<String> WEBM = List.of("video_webm_360p", "video_webm_720p");

  /** The number of lines from which a video is HD. */
  private static final int HD_LINES = 720;

  private PlayableVideo() {}

  /** The names of the copy, which must exist. */
  static List<String> names(WebVideo copy) {
    boolean isHd = Math.min(copy.width(), copy.height()) >= HD_LINES;
    return isHd ? MP4 : List.of(WebVideo.NAME);
  }

  /** The names of the original; none if not every browser plays it. */
  static List<String> names(Photo photo, VideoState state) {
    if (state == VideoState.QUEUED || state == VideoState.FAILED) {
      return List.of();
    }
    return switch (photo.contentType()) {
      case "video/mp4", "video/x-m4v" -> MP4;
      case "video/webm" -> WEBM;
      default -> List.of();
    };
  }
}
