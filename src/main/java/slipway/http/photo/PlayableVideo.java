package slipway.http.photo;

import java.util.List;
import slipway.photo.Photo;

/**
 * Under which names of the platform's videos a photo's original is found: videos are not encoded
 * anew, and of these types browsers play the original.
 */
final class PlayableVideo {
  private static final List<String> MP4 = List.of("video_medium", "video_hd");
  private static final List<String> WEBM = List.of("video_webm_360p", "video_webm_720p");

  private PlayableVideo() {}

  /** The names; none for what is no such video. */
  static List<String> names(Photo photo) {
    return switch (photo.contentType()) {
      case "video/mp4", "video/x-m4v" -> MP4;
      case "video/webm" -> WEBM;
      default -> List.of();
    };
  }
}
