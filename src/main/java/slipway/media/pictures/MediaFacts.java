package slipway.media.pictures;

import java.time.Instant;

/**
 * What a file says about what it shows.
 *
 * @param width pixels as shown, upright; null when not said
 * @param height pixels as shown, upright; null when not said
 * @param durationMillis length of a video; null for a picture or when not said
 * @param takenAt when the camera took it; null when not said
 */
public record MediaFacts(Integer width, Integer height, Long durationMillis, Instant takenAt) {
  /** The facts of a file that says nothing. */
  public static final MediaFacts NONE = new MediaFacts(null, null, null, null);
}
