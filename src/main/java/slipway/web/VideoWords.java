package slipway.web;

import java.util.Set;
import slipway.photo.Photo;
import slipway.rendition.WebVideos;

/** What a video's page says about playing it. */
public final class VideoWords {
  private static final int PERCENT = 100;

  /** Most of these play everywhere; where one does not, its player says so. */
  private static final Set<String> USUAL = Set.of("video/mp4", "video/x-m4v", "video/webm");

  private VideoWords() {}

  /**
   * The note that not every browser plays it, and what follows; empty if there is nothing to say.
   */
  public static String note(Texts texts, Photo photo, WebVideos.VideoStanding video) {
    String reason = video.video().reason();
    return switch (video.video().state()) {
      case QUEUED ->
          video.isComing()
              ? texts.say("video.coming", reason, Integer.toString(percent(video)))
              : texts.say("video.odd", reason);
      case WAITING ->
          video.isComing() || USUAL.contains(photo.contentType())
              ? ""
              : texts.say("video.odd", photo.contentType());
      case FAILED -> texts.say("video.failed");
      default -> "";
    };
  }

  private static int percent(WebVideos.VideoStanding video) {
    return (int) (video.progress() * PERCENT);
  }
}
