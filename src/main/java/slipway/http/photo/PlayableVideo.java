package slipway.http.photo;

import java.util.List;
import slipway.photo.Photo;
import slipway.photo.VideoState;
import slipway.photo.WebVideo;

/**
 * Under which names of the platform's videos a file is found that browsers play: the copy that is
 * made of a video, or the original of one that needs none, be it as far as its type tells.
 */
final class PlayableVideo {
  private static final List<String> MP4 = List.of("video_medium", "video_hd");
  private static final List<String> WEBM = List.of("video_webm_360p", "video_webm_720p");

  /** From so many lines on it is HD. */
  private static final int HD_LINES = 720;

  private PlayableVideo() {}

  /** The names of the copy, which is there. */
  static List<String> names(WebVideo copy) {
    boolean isHd = Math.min(copy.width(), copy.height()) >= HD_LINES;
    return isHd ? MP4 : List.of(WebVideo.NAME);
  }

  /** The names of the original; none where not every browser plays it. */
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
